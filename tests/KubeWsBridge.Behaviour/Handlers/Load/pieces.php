<?php
// Answers each byte with 64 KiB: 'w' in one write, 'p' in pieces of 8 KiB.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
$answer = str_repeat('a', 65536);
while (($kind = fread($tcp, 1)) !== false && $kind !== '') {
    foreach (str_split($answer, $kind === 'p' ? 8192 : 65536) as $piece) {
        fwrite($tcp, $piece);
    }
}
