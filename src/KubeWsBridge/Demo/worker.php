<?php

/*
 * The worker behind `kubewsbridge demo`: one of these runs for each WebSocket.
 *
 * It greets the page with one line of JSON and then sends every byte back. There is no event loop: fread()
 * simply waits, because nobody else is served by this process.
 */

declare(strict_types=1);

// What goes wrong belongs in the bridge's log, not between the bytes of the user.
ini_set('display_errors', 'stderr');
ini_set('html_errors', '0');
set_time_limit(0);

exit(main());

function main(): int
{
    $id = (string) getenv('WSS_CONNECTION_ID');
    $host = (string) getenv('WSS_TCP_HOST');
    $port = (string) getenv('WSS_TCP_PORT');
    if ($id === '' || $host === '' || $port === '') {
        return fail('WSS_CONNECTION_ID, WSS_TCP_HOST and WSS_TCP_PORT are not all set: start it through kubewsbridge.');
    }

    // Small answers should leave at once instead of waiting for the acknowledgement of the one before.
    $context = stream_context_create(['socket' => ['tcp_nodelay' => true]]);
    $address = address($host, $port);
    $bridge = @stream_socket_client($address, $errorCode, $error, 10.0, STREAM_CLIENT_CONNECT, $context);
    if ($bridge === false) {
        return fail("the bridge does not answer at $address: $error ($errorCode).");
    }

    // A read may take as long as the user does; PHP's default would give up after a minute.
    stream_set_timeout($bridge, -1);
    stream_set_chunk_size($bridge, 65536);

    if (!send($bridge, $id . "\n" . hello() . "\n")) {
        return fail('the bridge closed the connection before the greeting was sent.');
    }

    while (($bytes = @fread($bridge, 65536)) !== false && $bytes !== '') {
        if (!send($bridge, $bytes)) {
            break;
        }
    }

    fclose($bridge);

    return 0;
}

function address(string $host, string $port): string
{
    if (str_starts_with($host, 'unix:')) {
        return $host;
    }

    return str_contains($host, ':') && $host[0] !== '[' ? "tcp://[$host]:$port" : "tcp://$host:$port";
}

/** The first line the page receives: who serves it, and with which variables. */
function hello(): string
{
    // WSS_CONFIG_* configure the bridge and may hold its secrets: they are not the visitor's business.
    $session = array_filter(
        getenv(),
        static fn (int|string $name): bool => str_starts_with((string) $name, 'WSS_') && !str_starts_with((string) $name, 'WSS_CONFIG_'),
        ARRAY_FILTER_USE_KEY,
    );
    ksort($session);

    return json_encode(
        ['type' => 'hello', 'pid' => getmypid(), 'runtime' => 'PHP ' . PHP_VERSION, 'env' => (object) $session],
        JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES,
    );
}

/**
 * Writes all of it, or returns false because the other side is gone.
 *
 * @param resource $bridge
 */
function send($bridge, string $bytes): bool
{
    return @fwrite($bridge, $bytes) === strlen($bytes);
}

function fail(string $sentence): int
{
    fwrite(STDERR, "demo worker: $sentence\n");

    return 1;
}
