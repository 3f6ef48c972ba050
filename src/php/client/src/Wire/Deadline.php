<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

/**
 * A point in time up to which something is waited for.
 *
 * @internal
 */
final class Deadline
{
    /** @param ?float $at seconds of the monotonic clock; null for never */
    private function __construct(private readonly ?float $at)
    {
    }

    /** @param ?float $seconds from now; null for no deadline, 0 for one that has passed already */
    public static function in(?float $seconds): self
    {
        return new self($seconds === null ? null : self::now() + max(0.0, $seconds));
    }

    /** The seconds that are left, never less than 0; null without a deadline. */
    public function secondsLeft(): ?float
    {
        return $this->at === null ? null : max(0.0, $this->at - self::now());
    }

    private static function now(): float
    {
        return hrtime(true) / 1e9;
    }
}
