<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

use KubeWsBridge\Client\Exception\ConnectionLost;
use KubeWsBridge\Client\Exception\InvalidValue;
use KubeWsBridge\Client\Exception\WrongUse;

/**
 * Writes frames, and keeps them from getting between the pieces of a message.
 *
 * @internal
 */
final class FrameSender
{
    private bool $inPieces = false;

    public function __construct(private readonly BridgeSocket $socket)
    {
    }

    /** @throws ConnectionLost|InvalidValue|WrongUse */
    public function send(FrameType $type, string $payload): void
    {
        $this->needFree();
        $this->write($type, $payload, false);
    }

    /**
     * Sends one message as it becomes known. If the source fails on the way, the message cannot be taken back, so the connection is cut.
     *
     * @param iterable<string> $pieces
     * @throws ConnectionLost|InvalidValue|WrongUse
     */
    public function sendPieces(FrameType $type, iterable $pieces): void
    {
        $this->needFree();
        $held = null;
        try {
            foreach ($pieces as $piece) {
                if ($held !== null) {
                    $this->inPieces = true;
                    $this->write($type, $held, true);
                }
                $held = $piece;
            }
        } catch (\Throwable $exception) {
            if ($this->inPieces && !$exception instanceof ConnectionLost) {
                $this->socket->cut();
            }
            throw $exception;
        } finally {
            $this->inPieces = false;
        }
        $this->send($type, $held ?? '');
    }

    /** Whether a message has been begun, so that only its next piece may follow. */
    public function isInPieces(): bool
    {
        return $this->inPieces;
    }

    private function needFree(): void
    {
        if ($this->inPieces) {
            throw new WrongUse('Nothing can be sent while a message is being sent in pieces: the source of sendStream() must not send anything itself.');
        }
    }

    private function write(FrameType $type, string $payload, bool $more): void
    {
        $length = strlen($payload);
        if ($length > FrameHeader::MAX_LENGTH) {
            throw new InvalidValue(sprintf('A frame carries at most %d bytes, and this is %d: send it in pieces with sendStream().', FrameHeader::MAX_LENGTH, $length));
        }
        $this->socket->write(FrameHeader::line($type, $length, $more) . $payload . "\n");
    }
}
