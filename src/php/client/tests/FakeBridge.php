<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\Connection;
use KubeWsBridge\Client\ConnectionInfo;

/** Plays the bridge, byte by byte as a test says. */
final class FakeBridge
{
    public const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

    /** What was heard as hello line. */
    public string $hello = '';

    /** @var array<string, string> */
    public readonly array $variables;

    /** @var resource */
    private $server;

    /** @var ?resource */
    private $worker = null;
    private readonly ?string $path;

    /** @param array<string, string> $variables */
    public function __construct(array $variables, bool $unix)
    {
        $this->path = $unix ? sys_get_temp_dir() . '/kwb-' . bin2hex(random_bytes(8)) . '.sock' : null;
        $this->server = stream_socket_server($this->path === null ? 'tcp://127.0.0.1:0' : "unix://$this->path")
            ?: throw new \RuntimeException('no server');
        $name = (string) stream_socket_get_name($this->server, false);
        $this->variables = $variables + self::usual() + ($this->path === null
            ? ['WSS_TCP_HOST' => '127.0.0.1', 'WSS_TCP_PORT' => substr($name, strrpos($name, ':') + 1)]
            : ['WSS_TCP_HOST' => "unix://$this->path", 'WSS_TCP_PORT' => '0']);
    }

    /** @return array<string, string> what a bridge says of a plain request, apart from where to connect back */
    public static function usual(): array
    {
        return [
            'WSS_ENABLED' => '1',
            'WSS_CONNECTION_ID' => self::ID,
            'WSS_CLIENT_IP' => '192.0.2.1',
            'WSS_CLIENT_PORT' => '51000',
            'WSS_SERVER_HOST' => 'chat.example',
            'WSS_SERVER_PORT' => '443',
            'WSS_REQUEST_URI' => '/room/7?name=J%C3%BCrgen&tag%5B%5D=a&tag%5B%5D=b',
            'WSS_REQUEST_PATH' => '/room/7',
            'WSS_REQUEST_QUERY' => 'name=J%C3%BCrgen&tag%5B%5D=a&tag%5B%5D=b',
            'WSS_REQUEST_HEADERS' => '{"host":"chat.example","sec-websocket-protocol":"v2.chat, v1.chat","cookie":"session=a%20b; theme=dark"}',
            'WSS_SEC_WEBSOCKET_PROTOCOL' => 'v2.chat, v1.chat',
        ];
    }

    public function info(): ConnectionInfo
    {
        return ConnectionInfo::fromEnvironment($this->variables);
    }

    /** Lets the library connect; named arguments are those of Connection::open(). */
    public function open(mixed ...$arguments): Connection
    {
        $connection = Connection::open(...['info' => $this->info(), ...$arguments]);
        $this->accept();
        return $connection;
    }

    /** Takes the connection that has been made, and hears its hello line. */
    public function accept(): void
    {
        $this->worker = stream_socket_accept($this->server, 10) ?: throw new \RuntimeException('nobody has connected');
        $this->hello = (string) fgets($this->worker);
    }

    public function say(string $bytes): void
    {
        for (; $bytes !== ''; $bytes = substr($bytes, $count)) {
            $count = (int) fwrite($this->worker(), $bytes);
            if ($count === 0) {
                throw new \RuntimeException('the worker takes nothing');
            }
        }
    }

    /** A whole frame. */
    public function frame(string $type, string $payload, bool $more = false): void
    {
        $this->say("$type " . strlen($payload) . ($more ? ' +' : '') . "\n$payload\n");
    }

    /** Exactly that many bytes of the worker's. */
    public function hear(int $count): string
    {
        return (string) stream_get_contents($this->worker(), $count);
    }

    /** All bytes of the worker's up to its end. */
    public function hearAll(): string
    {
        return (string) stream_get_contents($this->worker());
    }

    /** Ends the direction to the worker. */
    public function end(): void
    {
        stream_socket_shutdown($this->worker(), STREAM_SHUT_WR);
    }

    /** Ends both directions. */
    public function hangUp(): void
    {
        fclose($this->worker());
        $this->worker = null;
    }

    public function stop(): void
    {
        if ($this->worker !== null) {
            fclose($this->worker);
        }
        if (is_resource($this->server)) {
            fclose($this->server);
        }
        if ($this->path !== null) {
            unlink($this->path);
        }
    }

    /** @return resource */
    private function worker()
    {
        return $this->worker ?? throw new \RuntimeException('no worker');
    }
}
