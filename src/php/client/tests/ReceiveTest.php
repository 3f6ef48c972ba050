<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Connection;
use KubeWsBridge\Client\Exception\MessageTooBig;
use KubeWsBridge\Client\Exception\WrongUse;
use KubeWsBridge\Client\Message;

final class ReceiveTest extends TestCase
{
    public function testTypesAndAllBytesAreKept(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bytes = implode('', array_map('chr', range(0, 255))) . "\ntext 5\n";
        $bridge->frame('text', 'Grüße');
        $bridge->frame('binary', $bytes);
        $bridge->frame('text', '');

        $messages = [$connection->receive(), $connection->receive(), $connection->receive()];

        self::same([true, 'Grüße'], [$messages[0]?->isText(), (string) $messages[0]]);
        self::same([false, $bytes], [$messages[1]?->isText(), $messages[1]?->data]);
        self::same([true, ''], [$messages[2]?->isText(), $messages[2]?->data]);
    }

    public function testEachByteAloneIsEnough(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bytes = "text 3 +\nabc\ntext 2\nde\n";
        foreach (str_split(substr($bytes, 0, -1)) as $byte) {
            $bridge->say($byte);
            self::same(null, $connection->receive(0));
        }
        $bridge->say("\n");

        self::same('abcde', $connection->receive(self::PATIENCE)?->data);
    }

    public function testPiecesAreAssembled(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->frame('binary', 'xyz', true);
        $bridge->frame('binary', '', true);
        $bridge->frame('binary', 'ab');
        $bridge->frame('text', "\xC3", true);
        $bridge->frame('text', "\xBC");

        self::same(['xyzab', 'ü'], [$connection->receive()?->data, $connection->receive()?->data]);
    }

    public function testTimeoutWithinAMessageLosesNothing(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->frame('text', 'one ', true);
        $bridge->say("text 6\ntwo");
        $before = hrtime(true);

        self::same(null, $connection->receive(0.05));
        self::same(true, hrtime(true) - $before >= 49_000_000, 'waited as long as asked:');
        self::same(true, $connection->isOpen());
        self::throws(WrongUse::class, static fn () => $connection->receivePiece(0));
        $bridge->say(" of\n");
        self::same('one two of', $connection->receive(self::PATIENCE)?->data);
    }

    public function testWaitingHasNoLimitOfItsOwn(): void
    {
        // PHP's sockets give up reading after this many seconds.
        $before = ini_set('default_socket_timeout', '0');
        $peer = new Peer('late');
        $connection = Connection::open(info: $peer->info);
        try {
            self::same('late', $connection->receive()?->data);
            self::same(null, $connection->receive());
        } finally {
            ini_set('default_socket_timeout', (string) $before);
            $peer->wait();
        }
    }

    public function testIterationEndsWithTheConnection(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        $bridge->say("text 1\na\nbinary 1\nb\nclose 14\n1001 navigated\n");
        $bridge->end();

        self::same(['a', 'b'], array_map(static fn (Message $message): string => $message->data, iterator_to_array($connection)));
        self::same([false, 1001, 'navigated'], [$connection->isOpen(), $connection->closeCode(), $connection->closeReason()]);
        self::same([null, null], [$connection->receive(), $connection->receivePiece()]);
    }

    public function testEndWithoutCloseDropsTheUnfinishedMessage(): void
    {
        foreach (["text 1 +\na\n", "text 1 +\na\ntext 5\nab", "text 1 +\na\nte", "text 1 +\na\nclose 4\n1006\n"] as $bytes) {
            $bridge = $this->bridge();
            $connection = $bridge->open();
            $bridge->say($bytes);
            $bridge->end();

            self::same([null, false, 1006, ''], [$connection->receive(), $connection->isOpen(), $connection->closeCode(), $connection->closeReason()], $bytes);
        }
    }

    public function testMessageUpToTheBoundIsTaken(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(maxMessageBytes: 10);
        $bridge->frame('text', '0123456789');
        $bridge->frame('text', '01234', true);
        $bridge->frame('text', '56789');
        $bridge->frame('drain', '5.25');
        $bridge->frame('text', '');

        self::same(['0123456789', '0123456789', ''], [$connection->receive()?->data, $connection->receive()?->data, $connection->receive()?->data]);
    }

    public function testMessageBeyondTheBoundIsRefusedBeforeItHasCome(): void
    {
        foreach (["binary 11\n", "binary 6 +\n012345\nbinary 5\n"] as $bytes) {
            $bridge = $this->bridge();
            $connection = $bridge->open(maxMessageBytes: 10);
            $bridge->say($bytes);

            self::contains('more than 10 bytes', self::throws(MessageTooBig::class, static fn () => $connection->receive(self::PATIENCE))->getMessage());
            self::same([false, 1009, null], [$connection->isOpen(), $connection->closeCode(), $connection->receive()]);
            self::same("close 41\n1009 The message is larger than 10 bytes.\n", $bridge->hearAll());
        }
    }

    public function testPiecesCanBeReadOneByOne(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(maxMessageBytes: 4);
        $bridge->say("binary 4 +\nabcd\nbinary 4 +\nefgh\nbinary 1\ni\ntext 2\nhi\n");

        $pieces = [];
        do {
            $piece = $connection->receivePiece();
            $pieces[] = $piece?->data;
            if (count($pieces) === 1) {
                self::throws(WrongUse::class, static fn () => $connection->receive());
            }
        } while ($piece?->isLast === false);
        self::same(['abcd', 'efgh', 'i'], $pieces);
        self::same('hi', $connection->receive()?->data);
    }

    public function testPingsAndPongsAreTold(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(pings: true);
        $heard = [];
        $connection->onPing(static function (string $payload) use (&$heard): void {
            $heard[] = "ping $payload";
        });
        $connection->onPong(static function (string $payload) use (&$heard): void {
            $heard[] = "pong $payload";
        });
        $bridge->say("ping 0\n\npong 2\nab\nping 1\n\n\ntext 1\nx\n");

        self::same('x', $connection->receive()?->data);
        self::same(['ping ', 'pong ab', "ping \n"], $heard);
    }

    public function testPingsThatNobodyListensToAreSkipped(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open(pings: true);
        $bridge->say("ping 0\n\ntext 1\nx\n");

        self::same('x', $connection->receive()?->data);
    }

    public function testListeningToPingsTakesAsking(): void
    {
        $connection = $this->bridge()->open();

        self::contains('pings: true', self::throws(WrongUse::class, static fn () => $connection->onPing('strlen'))->getMessage());
    }

    public function testManyMessagesInOneReadAndLargeOnes(): void
    {
        $bridge = $this->bridge();
        $connection = $bridge->open();
        mt_srand(1);
        $sizes = [...array_map(static fn (): int => mt_rand(0, 900), range(1, 200)), 65536, 150_000, 3, 200_000];
        foreach ($sizes as $size) {
            $message = $size === 0 ? '' : random_bytes($size);
            $bridge->frame('binary', $message);
            if (mt_rand(0, 9) === 0 || $size > 900) {
                $sent[] = $message;
                foreach ($sent as $expected) {
                    self::same($expected, $connection->receive(self::PATIENCE)?->data);
                }
                $sent = [];
            } else {
                $sent[] = $message;
            }
        }
    }
}
