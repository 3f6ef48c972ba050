<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

/** One whole message of the client. */
final class Message implements \Stringable
{
    public function __construct(
        public readonly MessageType $type,
        public readonly string $data,
    ) {
    }

    /** Whether it is text, which the bridge has checked to be UTF-8. */
    public function isText(): bool
    {
        return $this->type === MessageType::Text;
    }

    public function __toString(): string
    {
        return $this->data;
    }
}
