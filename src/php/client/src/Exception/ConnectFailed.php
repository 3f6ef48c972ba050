<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** The script could not connect back to the bridge. */
final class ConnectFailed extends \RuntimeException implements BridgeException
{
    public static function to(string $address, string $message, int $code): self
    {
        $advice = str_starts_with($address, 'unix:')
            ? 'The bridge has ended, or this script runs as a user or in a container that cannot open its socket.'
            : 'The bridge has ended, or this script runs where that address is another machine\'s or container\'s (--tcp-bind says where the bridge listens).';
        return new self("Connecting back to the bridge at $address failed: $message ($code). $advice", $code);
    }
}
