<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** Something could not be sent because the session is over. */
final class ConnectionLost extends \RuntimeException implements BridgeException
{
    public static function whileSending(): self
    {
        return new self(
            'The client has gone or the bridge has ended the session, so nothing can be sent any more. '
            . 'Stop sending; after receive() has returned null, closeCode() says how the session ended.'
        );
    }
}
