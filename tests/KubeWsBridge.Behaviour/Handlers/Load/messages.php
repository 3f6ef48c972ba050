<?php
// Sends every message back with its type, as it came.
require __DIR__ . '/../lib/messages.php';
$bridge = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
fwrite($bridge, getenv('WSS_CONNECTION_ID') . " messages\n");
while (($message = receive($bridge)) !== null) {
    send($bridge, ...$message);
}
