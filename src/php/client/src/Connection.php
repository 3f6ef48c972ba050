<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

use KubeWsBridge\Client\Exception\ConnectFailed;
use KubeWsBridge\Client\Exception\ConnectionLost;
use KubeWsBridge\Client\Exception\InvalidValue;
use KubeWsBridge\Client\Exception\MessageTooBig;
use KubeWsBridge\Client\Exception\NotStartedByBridge;
use KubeWsBridge\Client\Exception\OutOfStep;
use KubeWsBridge\Client\Exception\WrongUse;
use KubeWsBridge\Client\Wire\BridgeSocket;
use KubeWsBridge\Client\Wire\Closing;
use KubeWsBridge\Client\Wire\Deadline;
use KubeWsBridge\Client\Wire\FrameReader;
use KubeWsBridge\Client\Wire\FrameReceiver;
use KubeWsBridge\Client\Wire\FrameSender;
use KubeWsBridge\Client\Wire\FrameType;
use KubeWsBridge\Client\Wire\Hello;
use KubeWsBridge\Client\Wire\Source;

/**
 * The WebSocket connection this script was started for. Everything blocks unless a timeout is given.
 *
 * @implements \IteratorAggregate<int, Message>
 */
final class Connection implements \IteratorAggregate
{
    /** The largest message that receive() holds unless told otherwise: 16 MiB, as much as the bridge lets through by default. */
    public const MAX_MESSAGE_BYTES = 16 << 20;

    private readonly FrameReceiver $receiver;
    private readonly FrameSender $sender;
    private readonly Drain $drain;
    private readonly Inbox $inbox;

    private bool $closed = false;

    private function __construct(
        public readonly ConnectionInfo $info,
        public readonly Framing $framing,
        private readonly BridgeSocket $socket,
        private readonly bool $pings,
        private readonly int $maxMessageBytes,
    ) {
        $this->receiver = new FrameReceiver($socket, new FrameReader($pings));
        $this->sender = new FrameSender($socket);
        $this->drain = new Drain();
        $this->inbox = new Inbox($this->receiver, $this->drain, $maxMessageBytes);
    }

    /**
     * Connects back to the bridge. The client's handshake is answered now.
     *
     * @param ?string $subprotocol one that the client has offered; null leaves the choice to the bridge's configuration
     * @param bool $pings whether onPing() and onPong() are to hear of pings and pongs, which the bridge deals with in any case
     * @param int $maxMessageBytes most bytes that receive() assembles for one message
     * @param float $connectTimeout seconds
     * @param ?ConnectionInfo $info what the environment says, unless given
     * @throws NotStartedByBridge|ConnectFailed|ConnectionLost|InvalidValue|WrongUse
     */
    public static function open(
        Framing $framing = Framing::Messages,
        ?string $subprotocol = null,
        bool $pings = false,
        int $maxMessageBytes = self::MAX_MESSAGE_BYTES,
        float $connectTimeout = 10.0,
        ?ConnectionInfo $info = null,
    ): self {
        $info ??= ConnectionInfo::fromEnvironment();
        $hello = Hello::open($info, $framing, $subprotocol, $pings);
        $socket = BridgeSocket::connect($info->bridgeHost, $info->bridgePort, $connectTimeout);
        $socket->write($hello);
        return new self($info, $framing, $socket, $pings, $maxMessageBytes);
    }

    /**
     * Refuses the client instead of opening the connection: its handshake fails with this HTTP status. End the script afterwards.
     *
     * @param int $status 400 to 599
     * @param string $reason the body of the HTTP answer, one line
     * @throws NotStartedByBridge|ConnectFailed|ConnectionLost|InvalidValue
     */
    public static function reject(int $status, string $reason = '', ?ConnectionInfo $info = null): void
    {
        $info ??= ConnectionInfo::fromEnvironment();
        $hello = Hello::reject($info, $status, $reason);
        $socket = BridgeSocket::connect($info->bridgeHost, $info->bridgePort, 10.0);
        $socket->write($hello);
        $socket->cut();
    }

    /**
     * Waits for the client's next message.
     *
     * @param ?float $timeout seconds; 0 only looks, null waits for ever
     * @return ?Message null when none has come in time, or when there are no more: then isOpen() is false
     * @throws MessageTooBig|OutOfStep|WrongUse
     */
    public function receive(?float $timeout = null): ?Message
    {
        $this->need(Framing::Messages);
        try {
            return $this->inbox->message(Deadline::in($timeout));
        } catch (MessageTooBig | OutOfStep $exception) {
            $this->giveUp($exception);
            throw $exception;
        }
    }

    /**
     * Waits for the next piece of a message, to handle what is too large to be held whole. A message may end early, with the connection.
     *
     * @param ?float $timeout seconds; 0 only looks, null waits for ever
     * @return ?Piece null as receive()
     * @throws MessageTooBig|OutOfStep|WrongUse
     */
    public function receivePiece(?float $timeout = null): ?Piece
    {
        $this->need(Framing::Messages);
        try {
            return $this->inbox->piece(Deadline::in($timeout));
        } catch (MessageTooBig | OutOfStep $exception) {
            $this->giveUp($exception);
            throw $exception;
        }
    }

    /**
     * The client's messages until the connection ends.
     *
     * @return \Generator<int, Message>
     */
    public function getIterator(): \Generator
    {
        while (($message = $this->receive()) !== null) {
            yield $message;
        }
    }

    /**
     * Raw framing: waits for bytes.
     *
     * @param int $maxBytes at least 1
     * @param ?float $timeout seconds; 0 only looks, null waits for ever
     * @return ?string '' when none have come in time, null at the end
     * @throws WrongUse
     */
    public function read(int $maxBytes = 8192, ?float $timeout = null): ?string
    {
        $this->need(Framing::Raw);
        $bytes = $this->isOpen() ? $this->socket->read($maxBytes, Deadline::in($timeout)) : null;
        if ($bytes === null) {
            $this->receiver->endWith(new Closing(Closing::GONE_WITHOUT_CLOSE, ''));
        }
        return $bytes;
    }

    /**
     * Sends a binary message; in raw framing, bytes.
     *
     * @throws ConnectionLost|InvalidValue|WrongUse
     */
    public function send(string $bytes): void
    {
        $this->needUnclosed();
        if ($this->framing === Framing::Raw) {
            $this->socket->write($bytes);
        } else {
            $this->sender->send(FrameType::Binary, $bytes);
        }
    }

    /**
     * Sends a text message.
     *
     * @throws ConnectionLost|InvalidValue|WrongUse
     */
    public function sendText(string $text): void
    {
        $this->need(Framing::Messages);
        $this->needUnclosed();
        if (preg_match('//u', $text) !== 1) {
            throw new InvalidValue('A text message must be valid UTF-8: send() sends any bytes, as a binary message.');
        }
        $this->sender->send(FrameType::Text, $text);
    }

    /**
     * Sends one message of any size in pieces, without holding it: the rest of a blocking stream, or what an iterable yields.
     *
     * @param resource|iterable<string> $source
     * @param bool $text whether it is text, which the bridge then checks to be UTF-8
     * @throws ConnectionLost|InvalidValue|WrongUse
     */
    public function sendStream($source, bool $text = false): void
    {
        $this->needUnclosed();
        if ($this->framing === Framing::Messages) {
            $this->sender->sendPieces($text ? FrameType::Text : FrameType::Binary, Source::pieces($source));
            return;
        }
        if ($text) {
            $this->need(Framing::Messages);
        }
        foreach (Source::pieces($source) as $bytes) {
            $this->socket->write($bytes);
        }
    }

    /**
     * Sends a ping; with open(pings: true), onPong() hears the answer.
     *
     * @param string $payload at most 125 bytes
     * @throws ConnectionLost|InvalidValue|WrongUse
     */
    public function ping(string $payload = ''): void
    {
        $this->need(Framing::Messages);
        $this->needUnclosed();
        if (strlen($payload) > 125) {
            throw new InvalidValue(sprintf('A ping carries at most 125 bytes, and this is %d.', strlen($payload)));
        }
        $this->sender->send(FrameType::Ping, $payload);
    }

    /**
     * Ends the connection; what was sent before still reaches the client. Nothing is received or sent afterwards; closing again does nothing.
     *
     * @param int $code 1000 to 1003, 1007 to 1014, 3000 to 4999; in raw framing 1000 only
     * @param string $reason at most 123 bytes of UTF-8
     * @throws InvalidValue|WrongUse
     */
    public function close(int $code = 1000, string $reason = ''): void
    {
        $closing = Closing::of($code, $reason);
        if ($this->closed) {
            return;
        }
        if ($this->framing === Framing::Raw && $closing->payload() !== '1000') {
            throw new WrongUse('Raw framing carries no close codes: 0 as exit status becomes 1000, any other 1011.');
        }

        try {
            if ($this->framing === Framing::Messages) {
                $this->sender->send(FrameType::Close, $closing->payload());
            }
        } catch (ConnectionLost) {
            // The other side was faster.
        }
        $this->closed = true;
        $this->receiver->endWith($closing);
        $this->socket->endOutput();
    }

    /** Whether more can be received: false after the end has been read, and after close(). */
    public function isOpen(): bool
    {
        return $this->receiver->end() === null;
    }

    /** The close code: the client's, the bridge's, or close()'s; 1005 for none, 1006 for gone without; null while open, and in raw framing. */
    public function closeCode(): ?int
    {
        return $this->framing === Framing::Raw ? null : $this->receiver->end()?->code;
    }

    /** The reason that came with the close code, often ''; null while open and in raw framing. */
    public function closeReason(): ?string
    {
        return $this->framing === Framing::Raw ? null : $this->receiver->end()?->reason;
    }

    /**
     * Whom to tell that the bridge is about to end the session, because its pod goes away. It happens within receive(), once.
     *
     * @param callable(float): mixed $callback is given the seconds that are left
     */
    public function onDrain(callable $callback): void
    {
        $this->drain->notify($callback);
    }

    /** Whether the bridge has said that it will end the session. */
    public function isDraining(): bool
    {
        return $this->drain->secondsLeft() !== null;
    }

    /** The seconds until the bridge ends the session, down to 0; null when it is not draining. */
    public function secondsLeft(): ?float
    {
        return $this->drain->secondsLeft();
    }

    /**
     * Whom to tell of the client's pings, which the bridge answers itself. It happens within receive().
     *
     * @param callable(string): mixed $callback is given the payload
     * @throws WrongUse
     */
    public function onPing(callable $callback): void
    {
        $this->listen(FrameType::Ping, $callback);
    }

    /**
     * Whom to tell of the client's pongs. It happens within receive().
     *
     * @param callable(string): mixed $callback is given the payload
     * @throws WrongUse
     */
    public function onPong(callable $callback): void
    {
        $this->listen(FrameType::Pong, $callback);
    }

    /**
     * For stream_select() together with other streams. It shows only what has not been read: call receive(0) until it returns null first.
     *
     * @return ?resource null when the connection has been cut
     */
    public function stream()
    {
        return $this->socket->stream();
    }

    private function giveUp(MessageTooBig|OutOfStep $exception): void
    {
        if ($exception instanceof MessageTooBig && !$this->sender->isInPieces()) {
            $this->close(1009, "The message is larger than $this->maxMessageBytes bytes.");
            return;
        }
        // There is nothing to be said any more, or the output is within a message and nothing may get between its pieces.
        $this->receiver->endWith(new Closing(Closing::GONE_WITHOUT_CLOSE, ''));
        $this->socket->cut();
    }

    /** @param callable(string): mixed $callback */
    private function listen(FrameType $type, callable $callback): void
    {
        if (!$this->pings) {
            throw new WrongUse('The bridge hands on pings and pongs only if asked for when the connection is opened: Connection::open(pings: true).');
        }
        $this->inbox->listen($type, $callback);
    }

    private function need(Framing $framing): void
    {
        if ($this->framing !== $framing) {
            throw new WrongUse($framing === Framing::Raw
                ? 'read() reads bytes in raw framing, and this connection has messages: use receive(), or Connection::open(Framing::Raw).'
                : 'This needs messages, and the connection was opened in raw framing, which only has read() and send(): use Connection::open().');
        }
    }

    private function needUnclosed(): void
    {
        if ($this->closed) {
            throw new WrongUse('This script has closed the connection with close(), so it can send nothing more.');
        }
    }
}
