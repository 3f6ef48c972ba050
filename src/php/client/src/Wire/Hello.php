<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

use KubeWsBridge\Client\ConnectionInfo;
use KubeWsBridge\Client\Exception\InvalidValue;
use KubeWsBridge\Client\Exception\WrongUse;
use KubeWsBridge\Client\Framing;

/**
 * The first line of a connection back to the bridge.
 *
 * @internal
 */
final class Hello
{
    /** Most bytes of the line, its newline included. */
    private const MAX_LINE = 256;

    /** @throws InvalidValue|WrongUse */
    public static function open(ConnectionInfo $info, Framing $framing, ?string $subprotocol, bool $pings): string
    {
        if ($pings && $framing === Framing::Raw) {
            throw new WrongUse('Pings are only seen in messages framing: leave pings: true or Framing::Raw away.');
        }
        if ($subprotocol !== null && !in_array($subprotocol, $info->offeredSubprotocols, true)) {
            throw new InvalidValue(sprintf(
                "The subprotocol '%s' cannot be chosen: the client has offered %s. Use \$info->firstOffered(...), which gives one that it has, or null.",
                $subprotocol,
                $info->offeredSubprotocols === [] ? 'none' : "'" . implode("', '", $info->offeredSubprotocols) . "'"
            ));
        }
        return self::line($info->id . ' ' . $framing->value . ($subprotocol === null ? '' : " protocol=$subprotocol") . ($pings ? ' pings' : ''));
    }

    /** @throws InvalidValue */
    public static function reject(ConnectionInfo $info, int $status, string $reason): string
    {
        if ($status < 400 || $status > 599) {
            throw new InvalidValue("The status is $status, but a client can only be refused with 400 to 599.");
        }
        if (preg_match('/^\P{Cc}*$/Du', $reason) !== 1) {
            throw new InvalidValue('The reason must be one line of UTF-8 without control characters.');
        }
        return self::line("$info->id reject $status" . ($reason === '' ? '' : " $reason"));
    }

    private static function line(string $words): string
    {
        $tooMany = strlen($words) + 1 - self::MAX_LINE;
        return $tooMany <= 0 ? "$words\n" : throw new InvalidValue("The reason or subprotocol is $tooMany bytes too long for the hello line.");
    }
}
