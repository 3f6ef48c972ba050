<?php
// Writes for as long as somebody takes it.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
$piece = str_repeat('f', 65536);
while (@fwrite($tcp, $piece)) {
}
