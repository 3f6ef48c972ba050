<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** What came from the bridge is not what the wire format says; the connection has been cut. */
final class OutOfStep extends \RuntimeException implements BridgeException
{
    /** @param int $byte where in the stream it was noticed, counted from 0 after the hello line */
    public static function at(int $byte, string $expected, string $found): self
    {
        return new self(sprintf(
            "Out of step with the bridge: at byte %d there should be %s, but there is '%s'. Something else has read from or written to this connection, "
            . 'or the bridge speaks another version of the wire format.',
            $byte,
            $expected,
            addcslashes(substr($found, 0, 40), "\0..\37\\'\177..\377")
        ));
    }

    public static function payload(string $type, string $payload): self
    {
        return new self(sprintf("Out of step with the bridge: '%s' is not what a %s frame carries.", addcslashes(substr($payload, 0, 40), "\0..\37\\'\177..\377"), $type));
    }
}
