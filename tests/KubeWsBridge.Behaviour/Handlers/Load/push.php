<?php
// Pushes 200 numbered messages of 18 bytes, one each 2 ms, then waits for the client to close.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
for ($i = 0; $i < 200; $i++) {
    fwrite($tcp, sprintf("%018d", $i));
    usleep(2000);
}
fread($tcp, 1);
