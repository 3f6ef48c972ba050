<?php
// 18 bytes every 2 ms: the time of sending (CLOCK_MONOTONIC, nanoseconds, big-endian) and ten more; until end of file.
$tcp = require __DIR__ . '/connect.php';
stream_set_blocking($tcp, false);
while (@fwrite($tcp, pack('J', hrtime(true)) . '0123456789')) {
    usleep(2000);
    if (@fread($tcp, 1) === '' && feof($tcp)) {
        break;
    }
}
