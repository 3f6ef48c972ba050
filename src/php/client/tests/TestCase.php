<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

/** What tests need: a bridge to talk to, and ways to fail. */
abstract class TestCase
{
    /** Seconds after which a test that still waits has failed. */
    protected const PATIENCE = 20.0;

    /** @var list<FakeBridge> */
    private array $bridges = [];

    public function tearDown(): void
    {
        foreach ($this->bridges as $bridge) {
            $bridge->stop();
        }
    }

    /** @param array<string, string> $variables besides the usual ones, or instead of them */
    protected function bridge(array $variables = [], bool $unix = false): FakeBridge
    {
        return $this->bridges[] = new FakeBridge($variables, $unix);
    }

    protected static function same(mixed $expected, mixed $actual, string $about = ''): void
    {
        if ($expected !== $actual) {
            throw new \RuntimeException("$about expected " . self::show($expected) . ', got ' . self::show($actual));
        }
    }

    protected static function contains(string $part, string $whole): void
    {
        self::same(true, str_contains($whole, $part), "'$part' in '$whole':");
    }

    /**
     * Runs it, and gives the exception that it must throw.
     *
     * @template T of \Throwable
     * @param class-string<T> $class
     * @param callable(): mixed $action
     * @return T
     */
    protected static function throws(string $class, callable $action): \Throwable
    {
        try {
            $action();
        } catch (\Throwable $exception) {
            return $exception instanceof $class ? $exception : throw $exception;
        }
        throw new \RuntimeException("expected $class, but nothing was thrown");
    }

    private static function show(mixed $value): string
    {
        return is_string($value) && strlen($value) > 200 ? strlen($value) . ' bytes, sha1 ' . sha1($value) : var_export($value, true);
    }
}
