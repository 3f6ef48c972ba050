<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

use KubeWsBridge\Client\Wire\Deadline;

/**
 * The notice that the bridge will end the session, and who wants to hear of it.
 *
 * @internal
 */
final class Drain
{
    private ?Deadline $deadline = null;

    /** @var ?\Closure(float): mixed */
    private ?\Closure $callback = null;

    /** @param callable(float): mixed $callback called at once if the notice has come already */
    public function notify(callable $callback): void
    {
        $this->callback = \Closure::fromCallable($callback);
        $this->tell();
    }

    public function begin(float $seconds): void
    {
        $this->deadline = Deadline::in($seconds);
        $this->tell();
    }

    /** @return ?float null when there is no drain */
    public function secondsLeft(): ?float
    {
        return $this->deadline?->secondsLeft();
    }

    private function tell(): void
    {
        $left = $this->secondsLeft();
        if ($left !== null && $this->callback !== null) {
            ($this->callback)($left);
        }
    }
}
