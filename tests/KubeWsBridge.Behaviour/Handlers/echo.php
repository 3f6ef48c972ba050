<?php
// Sends every byte back.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'), $code, $message, 30);
if (!$tcp) {
    fwrite(STDERR, "connect: $message ($code)\n");
    exit(1);
}
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
while (($data = fread($tcp, 65536)) !== false && $data !== '') {
    fwrite($tcp, $data);
}
