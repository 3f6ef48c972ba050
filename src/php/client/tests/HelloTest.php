<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Connection;
use KubeWsBridge\Client\Exception\ConnectFailed;
use KubeWsBridge\Client\Exception\InvalidValue;
use KubeWsBridge\Client\Exception\WrongUse;
use KubeWsBridge\Client\Framing;

final class HelloTest extends TestCase
{
    public function testOpenAsksForMessages(): void
    {
        $bridge = $this->bridge();
        $bridge->open();

        self::same(FakeBridge::ID . " messages\n", $bridge->hello);
    }

    public function testOpenSaysFramingSubprotocolAndPings(): void
    {
        $raw = $this->bridge();
        $raw->open(framing: Framing::Raw, subprotocol: 'v1.chat');
        $messages = $this->bridge();
        $messages->open(subprotocol: 'v2.chat', pings: true);

        self::same(FakeBridge::ID . " raw protocol=v1.chat\n", $raw->hello);
        self::same(FakeBridge::ID . " messages protocol=v2.chat pings\n", $messages->hello);
    }

    public function testUnixSocket(): void
    {
        $bridge = $this->bridge(unix: true);
        $connection = $bridge->open();
        $bridge->frame('text', 'hi');

        self::same('hi', $connection->receive(self::PATIENCE)?->data);
    }

    public function testSubprotocolThatWasNotOfferedIsRefused(): void
    {
        $info = $this->bridge()->info();

        self::contains("offered 'v2.chat', 'v1.chat'", self::throws(InvalidValue::class, static fn () => Connection::open(subprotocol: 'v3', info: $info))->getMessage());
    }

    public function testPingsInRawFramingAreRefused(): void
    {
        $info = $this->bridge()->info();

        self::throws(WrongUse::class, static fn () => Connection::open(Framing::Raw, pings: true, info: $info));
    }

    public function testRejectSaysStatusAndReasonAndEnds(): void
    {
        $bridge = $this->bridge();
        Connection::reject(401, 'Log in first: /login', $bridge->info());
        $bridge->accept();

        self::same(FakeBridge::ID . " reject 401 Log in first: /login\n", $bridge->hello);
        self::same('', $bridge->hearAll());
    }

    public function testRejectWithoutReason(): void
    {
        $bridge = $this->bridge();
        Connection::reject(503, info: $bridge->info());
        $bridge->accept();

        self::same(FakeBridge::ID . " reject 503\n", $bridge->hello);
    }

    public function testRejectRefusesWhatTheLineCannotSay(): void
    {
        $info = $this->bridge()->info();
        foreach ([[399, ''], [600, ''], [401, "a\nb"], [401, "a\0"], [401, "a\u{85}"], [401, "\xFF"], [401, str_repeat('x', 208)]] as [$status, $reason]) {
            self::throws(InvalidValue::class, static fn () => Connection::reject($status, $reason, $info));
        }
    }

    public function testLongestReasonFits(): void
    {
        $bridge = $this->bridge();
        Connection::reject(401, str_repeat('x', 207), $bridge->info());
        $bridge->accept();

        self::same(256, strlen($bridge->hello));
    }

    public function testBridgeThatHasGoneIsSaid(): void
    {
        $bridge = $this->bridge();
        $info = $bridge->info();
        $bridge->stop();
        $message = self::throws(ConnectFailed::class, static fn () => Connection::open(info: $info))->getMessage();

        self::contains("at tcp://127.0.0.1:$info->bridgePort failed: Connection refused", $message);
    }
}
