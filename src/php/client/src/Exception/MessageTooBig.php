<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** The client's message is larger than this script wants to hold; the connection has been closed with 1009. */
final class MessageTooBig extends \RuntimeException implements BridgeException
{
    public static function beyond(int $maxMessageBytes): self
    {
        return new self(
            "The client has sent a message of more than $maxMessageBytes bytes. Raise maxMessageBytes in Connection::open(), read large messages "
            . 'with receivePiece(), or let the bridge refuse them with --max-payload-size.'
        );
    }
}
