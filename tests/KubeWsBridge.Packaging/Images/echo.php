<?php
// The plainest handler, for images that have nothing but PHP.
$bridge = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
stream_set_timeout($bridge, 86400);
fwrite($bridge, getenv('WSS_CONNECTION_ID') . "\n");
while (($bytes = fread($bridge, 8192)) !== false && $bytes !== '') {
    fwrite($bridge, $bytes);
}
