<?php
// Writes 16 MiB and exits; the content repeats each 251 bytes.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
$piece = str_repeat(implode('', array_map('chr', range(0, 250))), 251);
for ($left = 16 * 1024 * 1024; $left > 0; $left -= strlen($piece)) {
    fwrite($tcp, substr($piece, 0, $left));
}
