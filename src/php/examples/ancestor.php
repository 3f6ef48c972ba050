<?php

// A handler written for the ancestor's library: bytes in, bytes out.

use WebsocketLib\Websocket;

require __DIR__ . '/../client/autoload.php';

$websocket = new Websocket();
fwrite(STDERR, 'Serving ' . $websocket->getConnection()->getConnectionId() . "\n");

while ($websocket->isConnected()) {
    $bytes = $websocket->read(8192);
    if ($bytes === null) {
        break;
    }
    $websocket->send(strtoupper($bytes));
}
