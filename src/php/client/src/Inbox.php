<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

use KubeWsBridge\Client\Exception\MessageTooBig;
use KubeWsBridge\Client\Exception\OutOfStep;
use KubeWsBridge\Client\Exception\WrongUse;
use KubeWsBridge\Client\Wire\Closing;
use KubeWsBridge\Client\Wire\Deadline;
use KubeWsBridge\Client\Wire\Frame;
use KubeWsBridge\Client\Wire\FrameReceiver;
use KubeWsBridge\Client\Wire\FrameType;

/**
 * Makes messages of frames, and tells everybody else what concerns them.
 *
 * @internal
 */
final class Inbox
{
    private string $assembled = '';
    private bool $assembling = false;
    private bool $inPieces = false;

    /** @var array<string, \Closure(string): mixed> by frame type */
    private array $listeners = [];

    public function __construct(
        private readonly FrameReceiver $receiver,
        private readonly Drain $drain,
        private readonly int $maxMessageBytes,
    ) {
    }

    /** @param callable(string): mixed $callback */
    public function listen(FrameType $type, callable $callback): void
    {
        $this->listeners[$type->value] = \Closure::fromCallable($callback);
    }

    /** @throws MessageTooBig|OutOfStep|WrongUse */
    public function message(Deadline $deadline): ?Message
    {
        if ($this->inPieces) {
            throw new WrongUse('receivePiece() has begun a message: call it until a piece isLast.');
        }
        while (($frame = $this->data($this->maxMessageBytes - strlen($this->assembled), $deadline)) !== null) {
            // A message that times out half-way goes on in the next call.
            $this->assembled .= $frame->payload;
            $this->assembling = $frame->more;
            if (!$frame->more) {
                $message = new Message(MessageType::from($frame->type->value), $this->assembled);
                $this->assembled = '';
                return $message;
            }
        }
        return null;
    }

    /** @throws MessageTooBig|OutOfStep|WrongUse */
    public function piece(Deadline $deadline): ?Piece
    {
        if ($this->assembling) {
            throw new WrongUse('receive() has timed out within a message: call it until it returns the message.');
        }
        $frame = $this->data($this->maxMessageBytes, $deadline);
        if ($frame === null) {
            return null;
        }
        $this->inPieces = $frame->more;
        return new Piece(MessageType::from($frame->type->value), $frame->payload, !$frame->more);
    }

    private function data(int $room, Deadline $deadline): ?Frame
    {
        while (($header = $this->receiver->header($deadline)) !== null) {
            if ($header->type->isData() && $header->length > $room) {
                throw MessageTooBig::beyond($this->maxMessageBytes);
            }
            $frame = $this->receiver->frame($deadline);
            if ($frame === null || $frame->type->isData()) {
                return $frame;
            }
            $this->take($frame);
        }
        if ($this->receiver->end() !== null) {
            // What the client has not finished is no message.
            $this->assembled = '';
            $this->assembling = $this->inPieces = false;
        }
        return null;
    }

    private function take(Frame $frame): void
    {
        switch ($frame->type) {
            case FrameType::Close:
                $this->receiver->endWith(Closing::parse($frame->payload) ?? throw OutOfStep::payload('close', $frame->payload));
                break;
            case FrameType::Drain:
                if (preg_match('/^\d{1,9}(\.\d{1,9})?$/D', $frame->payload) !== 1) {
                    throw OutOfStep::payload('drain', $frame->payload);
                }
                $this->drain->begin((float) $frame->payload);
                break;
            default:
                if (isset($this->listeners[$frame->type->value])) {
                    ($this->listeners[$frame->type->value])($frame->payload);
                }
        }
    }
}
