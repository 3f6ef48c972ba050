<?php
// Answers every 16 bytes with 64 KiB in pieces of 8 KiB.
$tcp = require __DIR__ . '/connect.php';
$piece = str_repeat('x', 8192);
while (strlen((string) stream_get_contents($tcp, 16)) === 16) {
    for ($i = 0; $i < 8; $i++) {
        fwrite($tcp, $piece);
    }
}
