<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\ConnectionInfo;
use KubeWsBridge\Client\Exception\NotStartedByBridge;
use KubeWsBridge\Client\Framing;

final class ConnectionInfoTest extends TestCase
{
    private const ADDRESS = ['WSS_TCP_HOST' => '127.0.0.1', 'WSS_TCP_PORT' => '9000'];

    public function testReadsEverything(): void
    {
        $info = self::of([]);

        self::same([FakeBridge::ID, '192.0.2.1', 51000], [$info->id, $info->clientAddress, $info->clientPort]);
        self::same(['chat.example', 443, '127.0.0.1', 9000], [$info->serverHost, $info->serverPort, $info->bridgeHost, $info->bridgePort]);
        self::same(['/room/7', 'name=J%C3%BCrgen&tag%5B%5D=a&tag%5B%5D=b'], [$info->path, $info->query]);
        self::same(['name' => 'Jürgen', 'tag' => ['a', 'b']], $info->parameters());
        self::same(['Jürgen', null, null], [$info->parameter('name'), $info->parameter('tag'), $info->parameter('none')]);
        self::same([['v2.chat', 'v1.chat'], null, null], [$info->offeredSubprotocols, $info->subprotocol, $info->tls]);
    }

    public function testFirstOfferedFollowsTheServersOrder(): void
    {
        self::same('v1.chat', self::of([])->firstOffered('v3.chat', 'v1.chat', 'v2.chat'));
        self::same(null, self::of([])->firstOffered('V1.CHAT'));
    }

    public function testPortThatNobodyToldIsNull(): void
    {
        self::same(null, self::of(['WSS_CLIENT_PORT' => '0'])->clientPort);
    }

    public function testUnixSocketHasPortZero(): void
    {
        $info = self::of(['WSS_TCP_HOST' => 'unix:///run/kwb.sock', 'WSS_TCP_PORT' => '0']);

        self::same(['unix:///run/kwb.sock', 0], [$info->bridgeHost, $info->bridgePort]);
    }

    public function testEmptyQueryAndNoHeaders(): void
    {
        $info = self::of(['WSS_REQUEST_QUERY' => '', 'WSS_REQUEST_HEADERS' => '{}']);

        self::same(['', [], 0, []], [$info->query, $info->parameters(), count($info->headers), $info->offeredSubprotocols]);
    }

    public function testFramingOfTheRoute(): void
    {
        self::same([Framing::Raw, Framing::Messages], [self::of([])->framing, self::of(['WSS_FRAMING' => 'messages'])->framing]);
    }

    public function testTlsFacts(): void
    {
        $tls = self::of(['WSS_TLS_VERSION' => 'TLSv1.3', 'WSS_TLS_CIPHER' => 'TLS_AES_128_GCM_SHA256', 'WSS_TLS_SNI' => 'chat.example', 'WSS_TLS_OTHER' => 'x'])->tls;

        self::same(['TLSv1.3', 'TLS_AES_128_GCM_SHA256', 'chat.example', 'x'], [$tls?->version, $tls?->cipher, $tls?->serverName, $tls?->all['other']]);
    }

    public function testMissingVariableSaysWhatToDo(): void
    {
        $exception = self::throws(NotStartedByBridge::class, static fn () => ConnectionInfo::fromEnvironment([]));

        self::contains('WSS_CONNECTION_ID is not set', self::throws(NotStartedByBridge::class, static fn () => self::of(['WSS_CONNECTION_ID' => '']))->getMessage());
        self::contains('kubewsbridge --php-executable php --script', $exception->getMessage());
    }

    public function testDamagedVariablesAreNamed(): void
    {
        foreach (['WSS_TCP_PORT' => '70000', 'WSS_SERVER_PORT' => '-1', 'WSS_REQUEST_HEADERS' => '{"a'] as $name => $value) {
            self::contains("$name is '$value'", self::throws(NotStartedByBridge::class, static fn () => self::of([$name => $value]))->getMessage());
        }
    }

    public function testReadsTheEnvironmentAndServerVariables(): void
    {
        foreach (self::ADDRESS + FakeBridge::usual() as $name => $value) {
            putenv("$name=$value");
        }
        $_SERVER['WSS_CLIENT_IP'] = '192.0.2.99';
        try {
            $info = ConnectionInfo::fromEnvironment();
        } finally {
            unset($_SERVER['WSS_CLIENT_IP']);
            foreach (self::ADDRESS + FakeBridge::usual() as $name => $value) {
                putenv($name);
            }
        }

        self::same([FakeBridge::ID, '192.0.2.99'], [$info->id, $info->clientAddress]);
    }

    /** @param array<string, string> $variables */
    private static function of(array $variables): ConnectionInfo
    {
        return ConnectionInfo::fromEnvironment($variables + self::ADDRESS + FakeBridge::usual());
    }
}
