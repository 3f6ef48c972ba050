<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Message;

final class DrainTest extends TestCase
{
    public function testIsToldWithTheSecondsLeft(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $told = [];
        $connection->onDrain(static function (float $left) use (&$told): void {
            $told[] = $left;
        });
        self::same([false, null], [$connection->isDraining(), $connection->secondsLeft()]);
        $bridge->say("drain 4\n30.5\ntext 1\nx\n");

        self::same('x', $connection->receive()?->data);
        self::same([1, true], [count($told), $connection->isDraining()]);
        self::same(true, $told[0] > 10 && $told[0] <= 30.5 && $connection->secondsLeft() <= $told[0], 'counts down:');
    }

    public function testNeverLessThanZero(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->say("drain 1\n0\ntext 1\nx\n");
        $connection->receive();

        self::same([true, 0.0], [$connection->isDraining(), $connection->secondsLeft()]);
    }

    public function testIsToldAtOnceToWhoAsksLate(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->say("drain 2\n60\ntext 1\nx\n");
        $connection->receive();
        $told = 0.0;
        $connection->onDrain(static function (float $left) use (&$told): void {
            $told = $left;
        });

        self::same(true, $told > 0.0);
    }

    public function testCallbackMaySendAndClose(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $connection->onDrain(static function () use ($connection): void {
            $connection->sendText('come again');
            $connection->close(1012, 'moving');
        });
        $bridge->say("text 1\na\ndrain 2\n60\ntext 1\nb\n");

        self::same(['a'], array_map(static fn (Message $message): string => $message->data, iterator_to_array($connection)));
        self::same("text 10\ncome again\nclose 11\n1012 moving\n", $bridge->hearAll());
    }
}
