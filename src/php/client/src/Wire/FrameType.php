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

    /** Most bytes of its payload: a WebSocket control frame's 125 (RFC 6455 section 5.5), in decimal writing for what closes and drains. */
    public function maxBytes(): int
    {
        return $this->isData() ? FrameHeader::MAX_LENGTH : 128;
    }
}
