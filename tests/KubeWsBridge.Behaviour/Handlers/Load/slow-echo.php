<?php
// Reads nothing until the file named by LOAD_GATE is there; then sends every byte back, in small pieces and with pauses.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
while (!file_exists(getenv('LOAD_GATE'))) {
    clearstatcache();
    usleep(20000);
}
$pieces = 0;
while (($data = fread($tcp, 8192)) !== false && $data !== '') {
    fwrite($tcp, $data);
    if (++$pieces % 8 === 0) {
        usleep(200);
    }
}
