<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Tests;

use KubeWsBridge\Client\ConnectionInfo;

/** The script peer.php, running. */
final class Peer
{
    public readonly ConnectionInfo $info;

    /** @var resource */
    private $process;

    /** @var resource */
    private $output;

    public function __construct(string $what)
    {
        $process = proc_open([PHP_BINARY, __DIR__ . '/peer.php', $what], [['file', '/dev/null', 'r'], ['pipe', 'w'], STDERR], $pipes);
        $this->process = $process ?: throw new \RuntimeException('no peer');
        $this->output = $pipes[1];
        $this->info = ConnectionInfo::fromEnvironment(['WSS_TCP_HOST' => '127.0.0.1', 'WSS_TCP_PORT' => $this->line()] + FakeBridge::usual());
    }

    public function line(): string
    {
        return trim((string) fgets($this->output));
    }

    public function wait(): void
    {
        proc_close($this->process);
    }
}
