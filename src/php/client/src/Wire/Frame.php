<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

/**
 * One frame from the bridge.
 *
 * @internal
 */
final class Frame
{
    /** @param bool $more whether the message goes on in the next frame */
    public function __construct(
        public readonly FrameType $type,
        public readonly string $payload,
        public readonly bool $more,
    ) {
    }
}
