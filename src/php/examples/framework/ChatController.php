<?php

declare(strict_types=1);

namespace Example\Framework;

use KubeWsBridge\Client\Connection;

/** What an application does with a connection. */
final class ChatController
{
    public function __construct(
        private readonly Container $container,
        private readonly Rooms $rooms,
    ) {
    }

    public function handle(Connection $connection): void
    {
        $connection->sendText($this->rooms->greeting($connection->info->path));
        foreach ($connection as $message) {
            $connection->sendText($message->data === 'who' ? $this->who() : "echo: $message->data");
        }
    }

    private function who(): string
    {
        return (string) json_encode([
            'worker' => getmypid(),
            'containerBuiltBy' => $this->container->builtBy,
            'roomsConnectedBy' => $this->rooms->connectedBy,
        ]);
    }
}
