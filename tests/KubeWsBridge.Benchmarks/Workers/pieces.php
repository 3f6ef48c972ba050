<?php
// Answers every 16 bytes with three pieces of 100 bytes.
$tcp = require __DIR__ . '/connect.php';
$piece = str_repeat('x', 100);
while (strlen((string) stream_get_contents($tcp, 16)) === 16) {
    for ($i = 0; $i < 3; $i++) {
        fwrite($tcp, $piece);
    }
}
