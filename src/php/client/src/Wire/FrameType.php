<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

/**
 * The first word of a frame.
 *
 * @internal
 */
enum FrameType: string
{
    case Text = 'text';
    case Binary = 'binary';
    case Ping = 'ping';
    case Pong = 'pong';
    case Close = 'close';
    case Drain = 'drain';

    /** Whether it is (a piece of) a message. */
    public function isData(): bool
    {
        return $this === self::Text || $this === self::Binary;
    }

    /** Most bytes of its payload. */
    public function maxBytes(): int
    {
        return match ($this) {
            self::Text, self::Binary => FrameHeader::MAX_LENGTH,
            // RFC 6455 section 5.5: a control frame carries at most 125 bytes, of a close frame's the code is 2, here written as 4 and a space.
            self::Ping, self::Pong => 125,
            self::Close => 128,
            self::Drain => 20,
        };
    }
}
