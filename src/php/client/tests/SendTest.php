<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Connection;
use KubeWsBridge\Client\Exception\ConnectionLost;
use KubeWsBridge\Client\Exception\InvalidValue;
use KubeWsBridge\Client\Exception\MessageTooBig;
use KubeWsBridge\Client\Exception\WrongUse;

final class SendTest extends TestCase
{
    public function testTypesBecomeFrames(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $connection->send("a\0b\n");
        $connection->sendText('Grüße');
        $connection->send('');
        $connection->ping('p');
        $connection->close(4001, 'tschüs');

        self::same("binary 4\na\0b\n\ntext 7\nGrüße\nbinary 0\n\nping 1\np\nclose 12\n4001 tschüs\n", $bridge->hearAll());
    }

    public function testStreamIsSentInPieces(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $file = tmpfile() ?: throw new \RuntimeException('no file');
        fwrite($file, str_repeat('x', 65536) . 'end');
        rewind($file);
        $connection->sendStream($file);
        $connection->sendStream(['a', '', 'bc', ''], text: true);
        $connection->sendStream([]);
        $connection->sendStream((static fn () => yield 'alone')());
        $connection->close();

        self::same('binary 65536 +' . "\n" . str_repeat('x', 65536) . "\nbinary 3\nend\ntext 1 +\na\ntext 2\nbc\nbinary 0\n\nbinary 5\nalone\nclose 4\n1000\n", $bridge->hearAll());
    }

    public function testTextThatIsNoUtf8IsRefusedWithAdvice(): void
    {
        $connection = $this->bridge()->open();

        self::contains('send() sends any bytes', self::throws(InvalidValue::class, static fn () => $connection->sendText("\xFF"))->getMessage());
    }

    public function testWhatCannotBeSentIsRefusedBeforeAnyByte(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $wrong = [
            static fn () => $connection->ping(str_repeat('x', 126)),
            static fn () => $connection->close(1004),
            static fn () => $connection->close(1005),
            static fn () => $connection->close(1015),
            static fn () => $connection->close(2999),
            static fn () => $connection->close(5000),
            static fn () => $connection->close(1000, str_repeat('x', 124)),
            static fn () => $connection->close(1000, "\xFF"),
            static fn () => $connection->sendStream('text'),
            static fn () => $connection->sendStream([1]),
        ];
        foreach ($wrong as $action) {
            self::throws(InvalidValue::class, $action);
        }
        $connection->close(1003, str_repeat('x', 123));

        self::same("close 128\n1003 " . str_repeat('x', 123) . "\n", $bridge->hearAll());
    }

    public function testSlowReaderGetsEveryByte(): void
    {
        $peer = new Peer('slow');
        $connection = Connection::open(info: $peer->info);
        $large = random_bytes(1 << 20);
        $large = str_repeat($large, 12) . 'odd';
        $connection->send($large);
        $connection->sendStream([$large, 'last'], text: false);
        $connection->close();
        $length = strlen($large);
        $expected = "binary $length\n$large\nbinary $length +\n$large\nbinary 4\nlast\nclose 4\n1000\n";

        self::same(strlen($expected) . ' ' . hash('sha256', $expected), $peer->line());
        $peer->wait();
    }

    public function testClientThatHasGoneIsAnExceptionAndTheReasonCanStillBeRead(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->frame('close', '1001 bye');
        $bridge->hangUp();
        $exception = self::throws(ConnectionLost::class, static function () use ($connection): void {
            for ($i = 0; $i < 1000; ++$i) {
                $connection->sendText('anybody?');
            }
        });

        self::contains('The client has gone', $exception->getMessage());
        self::same([null, 1001, 'bye'], [$connection->receive(), $connection->closeCode(), $connection->closeReason()]);
        $connection->close();
    }

    public function testClientThatGoesWithinAStreamLeavesItsReason(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->frame('close', '1001 bye');
        $bridge->hangUp();

        self::throws(ConnectionLost::class, static fn () => $connection->sendStream(array_fill(0, 1000, 'anybody?')));
        self::same([null, 1001], [$connection->receive(), $connection->closeCode()]);
    }

    public function testNothingGetsBetweenPieces(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $wrong = [
            static fn () => $connection->sendText('x'),
            static fn () => $connection->sendStream(['x', 'y']),
            static fn () => $connection->ping(),
            static fn () => $connection->close(),
        ];
        $connection->sendStream((static function () use ($wrong): \Generator {
            yield 'a';
            yield 'b';
            foreach ($wrong as $action) {
                self::throws(WrongUse::class, $action);
            }
        })());
        $connection->close();

        self::same("binary 1 +\na\nbinary 1\nb\nclose 4\n1000\n", $bridge->hearAll());
    }

    public function testSourceThatFailsHalfWayCutsTheConnection(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $source = (static function (): \Generator {
            yield 'a';
            yield 'b';
            throw new \DomainException('no more');
        })();

        self::throws(\DomainException::class, static fn () => $connection->sendStream($source));
        self::same("binary 1 +\na\n", $bridge->hearAll());
        self::throws(ConnectionLost::class, static fn () => $connection->sendText('x'));
        self::same([null, 1006, null], [$connection->receive(), $connection->closeCode(), $connection->stream()]);
    }

    public function testTooBigAMessageWhileAnotherIsBeingSentCutsTheConnection(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(maxMessageBytes: 10);
        $bridge->say("text 11\n");
        $source = (static function () use ($connection): \Generator {
            yield 'a';
            yield 'b';
            $connection->receive(self::PATIENCE);
        })();

        self::throws(MessageTooBig::class, static fn () => $connection->sendStream($source));
        self::same(["binary 1 +\na\n", false], [$bridge->hearAll(), $connection->isOpen()]);
    }

    public function testSourceThatFailsAtOnceHarmsNothing(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();

        self::throws(InvalidValue::class, static fn () => $connection->sendStream(['a', 2]));
        $connection->sendText('ok');
        $connection->close();
        self::same("text 2\nok\nclose 4\n1000\n", $bridge->hearAll());
    }

    public function testAfterTheClientsEndTheLastWordsCanBeSent(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->say("text 1\nq\nclose 4\n1000\n");
        $bridge->end();
        foreach ($connection as $message) {
        }
        $connection->sendText('answer');
        $connection->close();

        self::same("text 6\nanswer\nclose 4\n1000\n", $bridge->hearAll());
        self::same(1000, $connection->closeCode());
    }

    public function testAfterCloseNothingIsSentOrReceived(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->frame('text', 'too late');
        $connection->close(4000, 'enough');
        $connection->close(4001);

        self::same([false, null, 4000, 'enough'], [$connection->isOpen(), $connection->receive(), $connection->closeCode(), $connection->closeReason()]);
        self::contains('close()', self::throws(WrongUse::class, static fn () => $connection->send('x'))->getMessage());
        self::same("close 11\n4000 enough\n", $bridge->hearAll());
    }
}
