<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

use KubeWsBridge\Client\Exception\ConnectFailed;
use KubeWsBridge\Client\Exception\ConnectionLost;

/**
 * The connection back to the bridge, as bytes. It never blocks in PHP's own way, which gives up after default_socket_timeout without saying so,
 * but waits in select, and so also runs signal handlers meanwhile.
 *
 * @internal
 */
final class BridgeSocket
{
    /** Most bytes handed to the kernel at once, so that what is left of a large payload is not copied again and again. */
    private const WRITE_BYTES = 1 << 20;

    /** @param ?resource $stream null once cut */
    private function __construct(private $stream)
    {
    }

    /** @throws ConnectFailed */
    public static function connect(string $host, int $port, float $timeout): self
    {
        $address = str_starts_with($host, 'unix:') ? $host : "tcp://$host:$port";
        // Without it a small answer waits for the acknowledgement of the one before, up to 40 ms.
        $context = stream_context_create(['socket' => ['tcp_nodelay' => true]]);
        $stream = @stream_socket_client($address, $code, $message, $timeout, STREAM_CLIENT_CONNECT, $context);
        if ($stream === false) {
            throw ConnectFailed::to($address, $message, $code);
        }

        stream_set_blocking($stream, false);
        // Whatever has come must be seen by select, so nothing may wait in a buffer of PHP's.
        stream_set_read_buffer($stream, 0);
        return new self($stream);
    }

    /** @return ?resource for stream_select; null once cut */
    public function stream()
    {
        return $this->stream;
    }

    /** @return ?string at most that many bytes, '' when none came in time, null at the end of the stream */
    public function read(int $maxBytes, Deadline $deadline): ?string
    {
        while ($this->stream !== null) {
            $inTime = $this->wait($this->stream, null, $deadline);
            $bytes = @fread($this->stream, max(1, $maxBytes));
            if ($bytes !== false && $bytes !== '') {
                return $bytes;
            }
            // Not feof(), which waits for default_socket_timeout when there is nothing to read.
            if (stream_get_meta_data($this->stream)['eof']) {
                return null;
            }
            if (!$inTime) {
                return '';
            }
        }
        return null;
    }

    /**
     * Writes all of it, however long the other side takes to make room.
     *
     * @throws ConnectionLost
     */
    public function write(string $bytes): void
    {
        $never = Deadline::in(null);
        for ($written = 0, $all = strlen($bytes); $written < $all; $written += $count) {
            if ($this->stream === null) {
                throw ConnectionLost::whileSending();
            }
            $count = @fwrite($this->stream, $all <= self::WRITE_BYTES && $written === 0 ? $bytes : substr($bytes, $written, self::WRITE_BYTES));
            if ($count === false) {
                throw ConnectionLost::whileSending();
            }
            if ($count === 0) {
                $this->wait(null, $this->stream, $never);
            }
        }
    }

    /** Ends this side's output; what the other side still sends can be read. */
    public function endOutput(): void
    {
        if ($this->stream !== null) {
            @stream_socket_shutdown($this->stream, STREAM_SHUT_WR);
        }
    }

    /** Lets go of the connection at once. */
    public function cut(): void
    {
        if ($this->stream !== null) {
            fclose($this->stream);
            $this->stream = null;
        }
    }

    /**
     * @param ?resource $reading
     * @param ?resource $writing
     * @return bool false when the time is up
     */
    private function wait($reading, $writing, Deadline $deadline): bool
    {
        $left = $deadline->secondsLeft();
        $read = $reading === null ? null : [$reading];
        $write = $writing === null ? null : [$writing];
        $except = null;
        $seconds = $left === null ? null : (int) min($left, 1e9);
        $microseconds = $left === null ? null : (int) (fmod(min($left, 1e9), 1.0) * 1e6);
        $ready = @stream_select($read, $write, $except, $seconds, $microseconds);
        if ($ready === false) {
            // A signal has come, or the descriptor is beyond what select can watch (1,023): then this is a poll each millisecond.
            usleep(1000);
        }
        return $ready !== 0 && $left !== 0.0;
    }
}
