<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Exception;

/** The variables that describe a connection are missing or damaged. */
final class NotStartedByBridge extends \RuntimeException implements BridgeException
{
    public static function missing(string $variable): self
    {
        return new self(
            "$variable is not set, so the bridge has not started this script. Let it do so: kubewsbridge --php-executable php --script FILE, "
            . 'and connect a WebSocket client. Under PHP-FPM the request has to come from the bridge\'s fastcgi launcher.'
        );
    }

    public static function damaged(string $variable, string $value, string $expected): self
    {
        return new self(
            sprintf("%s is '%s', which is not %s. Something between the bridge and this script has changed it.", $variable, substr($value, 0, 60), $expected)
        );
    }
}
