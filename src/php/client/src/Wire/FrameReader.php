<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

use KubeWsBridge\Client\Exception\OutOfStep;

/**
 * Cuts what comes from the bridge into frames, however it arrives. Every deviation from the format is an error.
 *
 * @internal
 */
final class FrameReader
{
    /** From here on what has been taken is cut off the front of the buffer. */
    private const COMPACT_BYTES = 1 << 16;

    private string $buffer = '';
    private int $position = 0;
    private int $cutOff = 0;
    private ?FrameHeader $header = null;
    private ?FrameType $unfinished = null;

    /** @param bool $pings whether the bridge has been asked to hand on pings and pongs */
    public function __construct(private readonly bool $pings)
    {
    }

    public function feed(string $bytes): void
    {
        if ($this->position === strlen($this->buffer)) {
            $this->cutOff += $this->position;
            $this->position = 0;
            $this->buffer = $bytes;
            return;
        }
        if ($this->position >= self::COMPACT_BYTES) {
            $this->cutOff += $this->position;
            $this->buffer = substr($this->buffer, $this->position);
            $this->position = 0;
        }
        $this->buffer .= $bytes;
    }

    /**
     * The header of the next frame, whose payload may still be on its way; null when it has not come whole.
     *
     * @throws OutOfStep
     */
    public function header(): ?FrameHeader
    {
        return $this->header ??= $this->readHeader();
    }

    /**
     * The next frame; null when it has not come whole.
     *
     * @throws OutOfStep
     */
    public function next(): ?Frame
    {
        $header = $this->header();
        if ($header === null || strlen($this->buffer) - $this->position <= $header->length) {
            return null;
        }

        $payload = substr($this->buffer, $this->position, $header->length);
        $this->position += $header->length;
        if ($this->buffer[$this->position] !== "\n") {
            throw $this->outOfStep('the newline after the payload');
        }
        ++$this->position;
        $this->header = null;
        if ($header->type->isData()) {
            $this->unfinished = $header->more ? $header->type : null;
        }
        return new Frame($header->type, $payload, $header->more);
    }

    private function readHeader(): ?FrameHeader
    {
        $front = substr($this->buffer, $this->position, FrameHeader::MAX_LINE);
        $end = strpos($front, "\n");
        if ($end === false) {
            return strlen($front) < FrameHeader::MAX_LINE ? null : throw $this->outOfStep('a header line of at most 32 bytes');
        }

        $header = FrameHeader::parse(substr($front, 0, $end)) ?? throw $this->outOfStep('a header line');
        if ($this->unfinished !== null && $header->type !== $this->unfinished && $header->type !== FrameType::Close) {
            throw $this->outOfStep("the next piece of a {$this->unfinished->value} message");
        }
        if (!$this->pings && ($header->type === FrameType::Ping || $header->type === FrameType::Pong)) {
            throw $this->outOfStep('no ping or pong, since none was asked for');
        }
        $this->position += $end + 1;
        return $header;
    }

    private function outOfStep(string $expected): OutOfStep
    {
        return OutOfStep::at($this->cutOff + $this->position, $expected, substr($this->buffer, $this->position, 40));
    }
}
