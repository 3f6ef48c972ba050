<?php

declare(strict_types=1);

// Answers what is said, and says the time when nobody has said anything for a while (?every=SECONDS): what a chat does that also looks into a database.

use KubeWsBridge\Client\Connection;

require __DIR__ . '/../client/autoload.php';

$connection = Connection::open();
$name = $connection->info->parameter('name') ?? 'stranger';
$every = max(0.05, (float) ($connection->info->parameter('every') ?? 5));

$connection->onDrain(static fn (float $seconds) => $connection->sendText(sprintf('This server goes away in %d seconds. Connect again, please.', ceil($seconds))));
$connection->sendText("Welcome, $name");

for ($ticks = 0; $connection->isOpen();) {
    $message = $connection->receive(timeout: $every);
    if ($message !== null) {
        $connection->sendText("$name: $message->data");
    } elseif ($connection->isOpen()) {
        $connection->sendText(sprintf('tick %d at %s', ++$ticks, date('H:i:s')));
    }
}
error_log("$name has left with {$connection->closeCode()} after $ticks ticks");
