<?php

declare(strict_types=1);

namespace Example\Framework;

/** A service container as frameworks have it: things are made when they are first asked for. */
final class Container
{
    /** @var array<string, \Closure(self): object> */
    private array $makers = [];

    /** @var array<string, object> */
    private array $made = [];

    /** The process that has built the container; with preload, the fork server. */
    public readonly int $builtBy;

    public function __construct()
    {
        $this->builtBy = (int) getmypid();
    }

    /**
     * @template T of object
     * @param class-string<T> $name
     * @param \Closure(self): T $maker
     */
    public function bind(string $name, \Closure $maker): void
    {
        $this->makers[$name] = $maker;
    }

    /**
     * @template T of object
     * @param class-string<T> $name
     * @return T
     */
    public function get(string $name): object
    {
        $service = $this->made[$name] ??= $this->makers[$name]($this);
        return $service instanceof $name ? $service : throw new \LogicException("The maker of $name has made something else.");
    }
}
