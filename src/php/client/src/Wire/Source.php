<?php

declare(strict_types=1);

namespace KubeWsBridge\Client\Wire;

use KubeWsBridge\Client\Exception\InvalidValue;

/**
 * What is sent in pieces: an open stream or anything that yields strings.
 *
 * @internal
 */
final class Source
{
    private const PIECE_BYTES = 1 << 16;

    /**
     * The pieces, none of them empty.
     *
     * @param mixed $source
     * @return \Generator<int, string>
     * @throws InvalidValue
     */
    public static function pieces($source): \Generator
    {
        if (is_resource($source) && get_resource_type($source) === 'stream') {
            yield from self::piecesOfStream($source);
        } elseif (is_iterable($source)) {
            foreach ($source as $piece) {
                if (!is_string($piece)) {
                    throw new InvalidValue('Only strings can be sent, but the source has given a value of type ' . get_debug_type($piece) . '.');
                }
                if ($piece !== '') {
                    yield $piece;
                }
            }
        } else {
            throw new InvalidValue('An open stream or an iterable of strings can be sent, but this is a value of type ' . get_debug_type($source) . '.');
        }
    }

    /**
     * @param resource $stream
     * @return \Generator<int, string>
     */
    private static function piecesOfStream($stream): \Generator
    {
        while (!feof($stream)) {
            $piece = fread($stream, self::PIECE_BYTES);
            if ($piece === false) {
                throw new InvalidValue('The stream that was to be sent could not be read: it must be open for reading.');
            }
            if ($piece !== '') {
                yield $piece;
            }
        }
    }
}
