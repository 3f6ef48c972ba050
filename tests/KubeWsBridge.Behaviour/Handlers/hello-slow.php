<?php
// Says the id byte by byte, each in a segment of its own; then echoes.
require __DIR__ . '/lib/worker.php';

$socket = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
socket_connect($socket, getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'));
socket_set_option($socket, SOL_TCP, TCP_NODELAY, 1);
foreach (str_split(getenv('WSS_CONNECTION_ID') . "\n") as $byte) {
    socket_write($socket, $byte);
    usleep(1000);
}
while (($data = socket_read($socket, 65536)) !== false && $data !== '') {
    socket_write($socket, $data);
}
