<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use WebsocketLib\Websocket;

final class WebsocketLibTest extends TestCase
{
    public function testSurfaceOfTheAncestor(): void
    {
        [$bridge, $websocket] = $this->start();
        self::same([FakeBridge::ID . " raw\n", FakeBridge::ID], [$bridge->hello, $websocket->getConnection()->getConnectionId()]);
        $bridge->say('hello');

        self::same([true, 'hel', 'lo'], [$websocket->isConnected(), $websocket->read(3), $websocket->read(8192)]);
        self::same(true, $websocket->send('HELLO'));
        self::same('HELLO', $bridge->hear(5));
        $bridge->end();
        self::same([null, false, null], [$websocket->read(8192), $websocket->isConnected(), $websocket->read(8192)]);
    }

    public function testClientThatHasGoneIsFalse(): void
    {
        [$bridge, $websocket] = $this->start();
        $bridge->hangUp();
        for ($i = 0; $i < 1000 && $websocket->send('anybody?'); ++$i) {
        }

        self::same([false, false, null], [$websocket->send('x'), $websocket->isConnected(), $websocket->read(8192)]);
    }

    /** @return array{FakeBridge, Websocket} */
    private function start(): array
    {
        $bridge = $this->bridge();
        foreach ($bridge->variables as $name => $value) {
            putenv("$name=$value");
        }
        try {
            $websocket = new Websocket();
        } finally {
            foreach ($bridge->variables as $name => $value) {
                putenv($name);
            }
        }
        $bridge->accept();
        return [$bridge, $websocket];
    }
}
