<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

/**
 * The line before a payload: TYPE SP LENGTH [SP "+"] LF.
 *
 * @internal
 */
final class FrameHeader
{
    /** Most bytes of the line, its newline included. */
    public const MAX_LINE = 32;

    /** The largest length that can be written. */
    public const MAX_LENGTH = 2_147_483_647;

    private function __construct(
        public readonly FrameType $type,
        public readonly int $length,
        public readonly bool $more,
    ) {
    }

    /** @param string $line without its newline */
    public static function parse(string $line): ?self
    {
        if (preg_match('/^([a-z]+) (0|[1-9]\d{0,9})( \+)?$/D', $line, $parts) !== 1) {
            return null;
        }
        $type = FrameType::tryFrom($parts[1]);
        $length = (int) $parts[2];
        $more = isset($parts[3]);
        return $type === null || $length > $type->maxBytes() || ($more && !$type->isData()) ? null : new self($type, $length, $more);
    }

    public static function line(FrameType $type, int $length, bool $more): string
    {
        return $type->value . ' ' . $length . ($more ? " +\n" : "\n");
    }
}
