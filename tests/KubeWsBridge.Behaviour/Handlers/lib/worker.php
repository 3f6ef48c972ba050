<?php
// What the handlers have in common.

/** Connects back; says the id unless told not to. */
function connect_back(bool $hello = true)
{
    $tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT'), $code, $message, 30);
    if (!$tcp) {
        say("connect: $message ($code)");
        exit(1);
    }
    stream_set_timeout($tcp, 600);
    if ($hello) {
        write_all($tcp, getenv('WSS_CONNECTION_ID') . "\n");
    }
    return $tcp;
}

/** A value of the request's query. */
function query(string $name, string $default = ''): string
{
    parse_str(getenv('WSS_REQUEST_QUERY'), $values);
    return $values[$name] ?? $default;
}

/** A line on stderr. */
function say(string $line): void
{
    fwrite(STDERR, $line . "\n");
}

/** Writes all of it; false when the other side is gone. */
function write_all($tcp, string $data): bool
{
    while ($data !== '') {
        $count = @fwrite($tcp, $data);
        if ($count === false || $count === 0) {
            return false;
        }
        $data = substr($data, $count);
    }
    return true;
}

/** Reads until the other side ends. */
function read_to_end($tcp): string
{
    $all = '';
    while (($data = @fread($tcp, 65536)) !== false && $data !== '') {
        $all .= $data;
    }
    return $all;
}

/** Sends back what comes until the other side ends. */
function echo_to_end($tcp): void
{
    while (($data = @fread($tcp, 65536)) !== false && $data !== '') {
        write_all($tcp, $data);
    }
}
