<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

use KubeWsBridge\Client\Exception\OutOfStep;

/**
 * Waits for frames, and knows how the direction from the bridge has ended.
 *
 * @internal
 */
final class FrameReceiver
{
    private const READ_BYTES = 1 << 16;

    private ?Closing $end = null;

    public function __construct(
        private readonly BridgeSocket $socket,
        private readonly FrameReader $frames,
    ) {
    }

    /**
     * The next frame's header, which tells its length before the payload is there; null when it has not come in time or never will.
     *
     * @throws OutOfStep
     */
    public function header(Deadline $deadline): ?FrameHeader
    {
        do {
            $header = $this->end === null ? $this->frames->header() : null;
        } while ($header === null && $this->fill($deadline));
        return $header;
    }

    /**
     * The next frame; null when it has not come in time or never will.
     *
     * @throws OutOfStep
     */
    public function frame(Deadline $deadline): ?Frame
    {
        do {
            $frame = $this->end === null ? $this->frames->next() : null;
        } while ($frame === null && $this->fill($deadline));
        return $frame;
    }

    /** Says how it ended; the first word counts. */
    public function endWith(Closing $end): void
    {
        $this->end ??= $end;
    }

    /** How it ended; null as long as it goes on. */
    public function end(): ?Closing
    {
        return $this->end;
    }

    private function fill(Deadline $deadline): bool
    {
        if ($this->end !== null) {
            return false;
        }
        $bytes = $this->socket->read(self::READ_BYTES, $deadline);
        if ($bytes === null) {
            $this->endWith(new Closing(Closing::GONE_WITHOUT_CLOSE, ''));
        } else {
            $this->frames->feed($bytes);
        }
        return $bytes !== null && $bytes !== '';
    }
}
