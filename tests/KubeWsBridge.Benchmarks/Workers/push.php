<?php
// 18 bytes every 2 ms: the time of sending (CLOCK_MONOTONIC, nanoseconds, big-endian) and ten more.
$tcp = require __DIR__ . '/connect.php';
while (@fwrite($tcp, pack('J', hrtime(true)) . '0123456789')) {
    usleep(2000);
}
