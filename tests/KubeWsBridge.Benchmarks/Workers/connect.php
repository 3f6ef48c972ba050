<?php
// Connects back as any handler does: fsockopen, id, newline. No TCP_NODELAY, because handlers in the field do not set it either.
$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'), $code, $message, 30);
if (!$tcp) {
    fwrite(STDERR, "connect: $message ($code)\n");
    exit(1);
}
fwrite($tcp, getenv('WSS_CONNECTION_ID') . "\n");
stream_set_timeout($tcp, 86400); // idle workers wait longer than the 60 s after which PHP gives up
return $tcp;
