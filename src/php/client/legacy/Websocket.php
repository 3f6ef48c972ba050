<?php

declare(strict_types=1);

namespace WebsocketLib;

use KubeWsBridge\Client\Connection as BridgeConnection;
use KubeWsBridge\Client\Exception\BridgeException;
use KubeWsBridge\Client\Exception\ConnectionLost;
use KubeWsBridge\Client\Framing;

/** The surface of the library of KubeWsBridge's ancestor, so that handlers written for it run unchanged: a stream of bytes. */
final class Websocket
{
    private readonly BridgeConnection $bridge;
    private readonly Connection $connection;
    private bool $lost = false;

    /** @throws BridgeException when the bridge has not started this script, or cannot be reached */
    public function __construct()
    {
        $this->bridge = BridgeConnection::open(Framing::Raw);
        $this->connection = new Connection($this->bridge->info);
    }

    public function getConnection(): Connection
    {
        return $this->connection;
    }

    /** False once the end has been read, or something could not be sent. */
    public function isConnected(): bool
    {
        return !$this->lost && $this->bridge->isOpen();
    }

    /**
     * Waits for bytes of the client's messages, as they come.
     *
     * @return ?string at most that many, at least one; null at the end
     */
    public function read(int $length = 8192): ?string
    {
        return $this->lost ? null : $this->bridge->read($length);
    }

    /**
     * Sends bytes, which reach the client as binary messages.
     *
     * @return bool false when the client has gone
     */
    public function send(string $data): bool
    {
        try {
            $this->bridge->send($data);
        } catch (ConnectionLost) {
            $this->lost = true;
        }
        return !$this->lost;
    }
}
