<?php
// Echoes, until a message begins with "bye" (a proper end) or "fail" (an end with status 3).
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'), $code, $message, 30);
if (!$tcp) {
    fwrite(STDERR, "connect: $message ($code)\n");
    exit(1);
}
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
while (($data = fread($tcp, 65536)) !== false && $data !== '') {
    if (str_starts_with($data, 'bye')) {
        fwrite($tcp, 'last words');
        exit(0);
    }
    if (str_starts_with($data, 'fail')) {
        exit(3);
    }
    fwrite($tcp, $data);
}
