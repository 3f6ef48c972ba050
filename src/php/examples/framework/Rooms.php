<?php

declare(strict_types=1);

namespace Example\Framework;

/** Stands for what needs a connection of its own: a database, a cache. Made in the worker, never before the fork. */
final class Rooms
{
    public readonly int $connectedBy;

    public function __construct()
    {
        $this->connectedBy = (int) getmypid();
    }

    public function greeting(string $room): string
    {
        return "You are in $room.";
    }
}
