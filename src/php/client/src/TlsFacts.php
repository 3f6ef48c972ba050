<?php

declare(strict_types=1);

namespace KubeWsBridge\Client;

/** What the bridge knows of the client's TLS connection. */
final class TlsFacts
{
    private const PREFIX = 'WSS_TLS_';

    /**
     * @param ?string $version for example TLSv1.3
     * @param ?string $serverName the host name that the client asked for (SNI)
     * @param array<string, string> $all every WSS_TLS_* variable, its name in lower case and without the prefix
     */
    private function __construct(
        public readonly ?string $version,
        public readonly ?string $cipher,
        public readonly ?string $serverName,
        public readonly array $all,
    ) {
    }

    /**
     * @internal
     * @param array<string, string> $variables
     * @return ?self null when there is no such variable, so the client's connection to the bridge has no TLS
     */
    public static function from(array $variables): ?self
    {
        $all = [];
        foreach ($variables as $name => $value) {
            if (str_starts_with($name, self::PREFIX)) {
                $all[strtolower(substr($name, strlen(self::PREFIX)))] = $value;
            }
        }
        return $all === [] ? null : new self($all['version'] ?? null, $all['cipher'] ?? null, $all['sni'] ?? null, $all);
    }
}
