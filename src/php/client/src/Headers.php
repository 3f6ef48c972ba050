<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

/**
 * The request's headers; names in any case.
 *
 * @implements \IteratorAggregate<string, string>
 */
final class Headers implements \IteratorAggregate, \Countable
{
    /** @var array<string, string> */
    private readonly array $values;

    /** @param array<string, string> $values */
    public function __construct(array $values)
    {
        $this->values = array_change_key_case($values, CASE_LOWER);
    }

    public function has(string $name): bool
    {
        return isset($this->values[strtolower($name)]);
    }

    /** The value, or null without the header; of a header that was sent several times the bridge has joined the values by commas. */
    public function get(string $name): ?string
    {
        return $this->values[strtolower($name)] ?? null;
    }

    /**
     * The elements of a comma-separated header, commas in quotes left alone (RFC 9110 section 5.6.1); empty without the header.
     *
     * @return list<string>
     */
    public function values(string $name): array
    {
        // A quote that nobody closes reaches to the end: trying it again as a plain character would take quadratic time.
        preg_match_all('/(?:"(?:[^"\\\\]|\\\\.?)*+(?:"|\z)|[^",])++/s', $this->get($name) ?? '', $matches);
        return array_values(array_filter(array_map('trim', $matches[0]), static fn (string $value): bool => $value !== ''));
    }

    /**
     * The cookies, which PHP itself only knows of HTTP requests; values are percent-decoded as in $_COOKIE.
     *
     * @return array<array-key, string>
     */
    public function cookies(): array
    {
        $cookies = [];
        foreach (explode(';', $this->get('cookie') ?? '') as $pair) {
            [$name, $value] = explode('=', $pair, 2) + [1 => null];
            if ($value !== null) {
                // The first of a name counts: browsers send the most specific path first (RFC 6265 section 5.4).
                $cookies[trim($name)] ??= urldecode(trim($value));
            }
        }
        return $cookies;
    }

    /** @return array<string, string> names in lower case */
    public function all(): array
    {
        return $this->values;
    }

    /** @return \ArrayIterator<string, string> */
    public function getIterator(): \ArrayIterator
    {
        return new \ArrayIterator($this->values);
    }

    public function count(): int
    {
        return count($this->values);
    }
}
