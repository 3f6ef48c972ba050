<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

/** A part of a message, as the bridge had it: for messages that are too large to be held whole. */
final class Piece
{
    /** @param string $data of a text message a piece may end within a character */
    public function __construct(
        public readonly MessageType $type,
        public readonly string $data,
        public readonly bool $isLast,
    ) {
    }
}
