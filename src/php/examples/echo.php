<?php

declare(strict_types=1);

// Sends every message back as it was, text as text and binary as binary.

use KubeWsBridge\Client\Connection;

require __DIR__ . '/../client/autoload.php';

$connection = Connection::open();
foreach ($connection as $message) {
    $message->isText() ? $connection->sendText($message->data) : $connection->send($message->data);
}
