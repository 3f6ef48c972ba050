<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

use KubeWsBridge\Client\Exception\NotStartedByBridge;

/** What is known of the request that opened the connection; never changes. */
final class ConnectionInfo
{
    /**
     * @param string $id a UUID v4
     * @param ?int $clientPort null when a proxy in between did not tell it
     * @param string $serverHost the host that the client asked for
     * @param string $uri path and query as they were sent, percent-encoded
     * @param string $query the part after the first question mark, percent-encoded; may be empty
     * @param list<string> $offeredSubprotocols in the client's order
     * @param ?string $subprotocol what the route has already agreed on
     * @param Framing $framing the route's, which holds for scripts that ask for none; Connection::open() always asks for one
     * @param string $bridgeHost where to connect back: an address, or unix:///path
     */
    private function __construct(
        public readonly string $id,
        public readonly string $clientAddress,
        public readonly ?int $clientPort,
        public readonly string $serverHost,
        public readonly int $serverPort,
        public readonly string $uri,
        public readonly string $path,
        public readonly string $query,
        public readonly Headers $headers,
        public readonly array $offeredSubprotocols,
        public readonly ?string $subprotocol,
        public readonly ?TlsFacts $tls,
        public readonly Framing $framing,
        public readonly string $bridgeHost,
        public readonly int $bridgePort,
    ) {
    }

    /**
     * Reads the WSS_* variables, which stand in the environment (command line) or among the request's parameters (PHP-FPM).
     *
     * @param ?array<array-key, mixed> $variables instead of those, for tests
     * @throws NotStartedByBridge
     */
    public static function fromEnvironment(?array $variables = null): self
    {
        $variables = self::strings($variables ?? $_SERVER + getenv());
        $headers = self::headers($variables);

        return new self(
            id: self::text($variables, 'WSS_CONNECTION_ID'),
            clientAddress: self::text($variables, 'WSS_CLIENT_IP'),
            clientPort: self::number($variables, 'WSS_CLIENT_PORT') ?: null,
            serverHost: self::text($variables, 'WSS_SERVER_HOST'),
            serverPort: self::number($variables, 'WSS_SERVER_PORT'),
            uri: self::text($variables, 'WSS_REQUEST_URI'),
            path: self::text($variables, 'WSS_REQUEST_PATH'),
            query: $variables['WSS_REQUEST_QUERY'] ?? '',
            headers: $headers,
            offeredSubprotocols: $headers->values('sec-websocket-protocol'),
            subprotocol: ($variables['WSS_SUBPROTOCOL'] ?? '') === '' ? null : $variables['WSS_SUBPROTOCOL'],
            tls: TlsFacts::from($variables),
            framing: Framing::tryFrom($variables['WSS_FRAMING'] ?? '') ?? Framing::Raw,
            bridgeHost: self::text($variables, 'WSS_TCP_HOST'),
            bridgePort: self::number($variables, 'WSS_TCP_PORT'),
        );
    }

    /**
     * The query as PHP reads it into $_GET.
     *
     * @return array<array-key, mixed>
     */
    public function parameters(): array
    {
        parse_str($this->query, $parameters);
        return $parameters;
    }

    /** One parameter of the query, or null when it is missing or a list. */
    public function parameter(string $name): ?string
    {
        $value = $this->parameters()[$name] ?? null;
        return is_string($value) ? $value : null;
    }

    /** The first of these subprotocols that the client has offered, or null. */
    public function firstOffered(string ...$subprotocols): ?string
    {
        foreach ($subprotocols as $subprotocol) {
            if (in_array($subprotocol, $this->offeredSubprotocols, true)) {
                return $subprotocol;
            }
        }
        return null;
    }

    /**
     * @param array<array-key, mixed> $variables
     * @return array<string, string>
     */
    private static function strings(array $variables): array
    {
        $strings = [];
        foreach ($variables as $name => $value) {
            if (is_string($name) && is_string($value) && str_starts_with($name, 'WSS_')) {
                $strings[$name] = $value;
            }
        }
        return $strings;
    }

    /** @param array<string, string> $variables */
    private static function text(array $variables, string $name): string
    {
        $value = $variables[$name] ?? '';
        return $value !== '' ? $value : throw NotStartedByBridge::missing($name);
    }

    /** @param array<string, string> $variables */
    private static function number(array $variables, string $name): int
    {
        $value = self::text($variables, $name);
        return preg_match('/^\d{1,5}$/D', $value) === 1 && (int) $value <= 65535 ? (int) $value : throw NotStartedByBridge::damaged($name, $value, 'a port');
    }

    /** @param array<string, string> $variables */
    private static function headers(array $variables): Headers
    {
        $json = self::text($variables, 'WSS_REQUEST_HEADERS');
        $values = json_decode($json, true);
        if (!is_array($values)) {
            throw NotStartedByBridge::damaged('WSS_REQUEST_HEADERS', $json, 'a JSON object');
        }

        $headers = [];
        foreach ($values as $name => $value) {
            if (is_string($value)) {
                $headers[(string) $name] = $value;
            }
        }
        return new Headers($headers);
    }
}
