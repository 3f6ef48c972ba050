<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Exception\ConnectionLost;
use KubeWsBridge\Client\Exception\OutOfStep;

final class OutOfStepTest extends TestCase
{
    public function testEveryDeviationIsAnError(): void
    {
        $wrong = [
            'length too small' => "text 2\nabc\n",
            'length too large' => "text 4\nabc\ntext 1\nx\n",
            'unknown type' => "blob 1\na\n",
            'capital letter' => "Text 1\na\n",
            'no length' => "text \n",
            'no type' => " 1\na\n",
            'leading zero' => "text 01\na\n",
            'sign' => "text +1\na\n",
            'negative' => "text -1\na\n",
            'hexadecimal' => "text 0x1\na\n",
            'two spaces' => "text  1\na\n",
            'space at the end' => "text 1 \na\n",
            'carriage return' => "text 1\r\na\n",
            'plus without space' => "text 1+\na\n",
            'other mark' => "text 1 -\na\n",
            'beyond 31 bits' => "binary 2147483648\n",
            'line too long' => str_repeat('t', 32),
            'line too long, with its end' => str_repeat('t', 32) . "\n",
            'empty line' => "\n",
            'type changes between pieces' => "text 1 +\na\nbinary 1\nb\n",
            'drain between pieces' => "text 1 +\na\ndrain 1\n5\n",
            'ping that nobody asked for' => "ping 0\n\n",
            'drain in pieces' => "drain 1 +\n5\n",
            'drain that is no number' => "drain 2\nxy\n",
            'drain that is negative' => "drain 2\n-1\n",
            'close without code' => "close 0\n\n",
            'close with half a code' => "close 3\n100\n",
            'close code and reason in one' => "close 5\n1000x\n",
            'close that is too long' => "close 129\n",
            'drain that is too long' => "drain 21\n",
        ];
        foreach ($wrong as $about => $bytes) {
            $bridge = $this->bridge();
            $connection = $bridge->open();
            $bridge->say("text 2\nok\n$bytes");
            try {
                self::same('ok', $connection->receive(self::PATIENCE)?->data, $about);
                $exception = self::throws(OutOfStep::class, static fn () => $connection->receive(self::PATIENCE));
            } catch (\Throwable $exception) {
                throw new \RuntimeException("$about: {$exception->getMessage()}", 0, $exception);
            }

            self::contains('Out of step with the bridge', $exception->getMessage());
            self::same([false, 1006, null], [$connection->isOpen(), $connection->closeCode(), $connection->receive()], $about);
            self::throws(ConnectionLost::class, static fn () => $connection->sendText('x'));
        }
    }

    public function testMessageSaysWhereAndWhatWasThere(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->say("text 70000\n" . str_repeat('x', 70000) . "\n");
        $connection->receive();
        $bridge->say("text 2\nab\x01\xFFc");
        $bridge->end();

        // 11 + 70,000 + 1 for the first frame, 7 + 2 up to the guard
        self::contains("at byte 70021 there should be the newline after the payload, but there is '\\001\\377c'",
            self::throws(OutOfStep::class, static fn () => $connection->receive())->getMessage());
    }

    public function testPingThatIsTooLongIsAnError(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(pings: true);
        $bridge->say("ping 126\n");

        self::throws(OutOfStep::class, static fn () => $connection->receive(self::PATIENCE));
    }

    public function testLargestLengthsAndShortestNumbersAreNoErrors(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(pings: true);
        $bridge->say("drain 1\n0\ntext 0\n\nping 125\n" . str_repeat('p', 125) . "\nclose 128\n1000 " . str_repeat('r', 123) . "\n");

        self::same(['', null, 1000, 123], [$connection->receive()?->data, $connection->receive(), $connection->closeCode(), strlen((string) $connection->closeReason())]);
    }
}
