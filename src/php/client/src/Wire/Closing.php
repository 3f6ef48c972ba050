<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

use KubeWsBridge\Client\Exception\InvalidValue;

/**
 * How a session ends: a close code and a reason, as a payload "CODE" or "CODE reason".
 *
 * @internal
 */
final class Closing
{
    public const GONE_WITHOUT_CLOSE = 1006;

    private const MAX_REASON_BYTES = 123;

    public function __construct(
        public readonly int $code,
        public readonly string $reason,
    ) {
    }

    public static function parse(string $payload): ?self
    {
        return preg_match('/^([1-4]\d{3})(?: (.*))?$/sD', $payload, $parts) === 1 ? new self((int) $parts[1], $parts[2] ?? '') : null;
    }

    /** @throws InvalidValue when a WebSocket close frame cannot carry it (RFC 6455 section 7.4) */
    public static function of(int $code, string $reason): self
    {
        if (!(($code >= 1000 && $code <= 1003) || ($code >= 1007 && $code <= 1014) || ($code >= 3000 && $code <= 4999))) {
            throw new InvalidValue("The close code is $code, but only 1000 to 1003, 1007 to 1014 and 3000 to 4999 can be sent. Applications use 4000 to 4999.");
        }
        if (strlen($reason) > self::MAX_REASON_BYTES) {
            throw new InvalidValue(sprintf('The close reason has %d bytes, and a close frame carries at most %d.', strlen($reason), self::MAX_REASON_BYTES));
        }
        if (preg_match('//u', $reason) !== 1) {
            throw new InvalidValue('The close reason is not valid UTF-8.');
        }
        return new self($code, $reason);
    }

    public function payload(): string
    {
        return $this->reason === '' ? (string) $this->code : "$this->code $this->reason";
    }
}
