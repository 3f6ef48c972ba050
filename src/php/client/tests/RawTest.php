<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Exception\ConnectionLost;
use KubeWsBridge\Client\Exception\WrongUse;
use KubeWsBridge\Client\Framing;

final class RawTest extends TestCase
{
    public function testBytesBothWays(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(framing: Framing::Raw);
        $bridge->say("text 5\nhello");
        self::same(['text', '', true], [$connection->read(4), $connection->read(0 + 9, 0) === " 5\nhello" ? '' : 'more', $connection->isOpen()]);
        $connection->send("\0a");
        $connection->sendStream(['b', 'c']);
        $bridge->end();

        self::same([null, null, false, null], [$connection->read(), $connection->read(), $connection->isOpen(), $connection->closeCode()]);
        $connection->send('last');
        $connection->close();
        self::same("\0abclast", $bridge->hearAll());
    }

    public function testTimeoutIsAnEmptyString(): void
    {
        $connection = $this->bridge()->open(framing: Framing::Raw);

        self::same(['', '', true], [$connection->read(timeout: 0), $connection->read(timeout: 0.01), $connection->isOpen()]);
    }

    public function testWhatNeedsMessagesSaysSo(): void
    {
        $connection = $this->bridge()->open(framing: Framing::Raw);
        $wrong = [
            static fn () => $connection->receive(0),
            static fn () => $connection->receivePiece(0),
            static fn () => $connection->getIterator()->current(),
            static fn () => $connection->sendText('x'),
            static fn () => $connection->sendStream(['x'], text: true),
            static fn () => $connection->ping(),
            static fn () => $connection->close(4000),
            static fn () => $connection->close(1000, 'bye'),
        ];
        foreach ($wrong as $action) {
            self::throws(WrongUse::class, $action);
        }
        $messages = $this->bridge()->open();
        self::contains('receive()', self::throws(WrongUse::class, static fn () => $messages->read())->getMessage());
    }

    public function testGoneIsAnException(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(framing: Framing::Raw);
        $bridge->hangUp();

        self::throws(ConnectionLost::class, static function () use ($connection): void {
            for ($i = 0; $i < 1000; ++$i) {
                $connection->send('anybody?');
            }
        });
    }
}
