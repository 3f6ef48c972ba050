<?php
// Opens a WebSocket, sends a message and waits for the answer: what "helm test" runs. Ends with 0 if it came.

function fail(string $what): never
{
    fwrite(STDOUT, "FAILED: $what\n");
    exit(1);
}

[$address, $path, $host, $message, $expected] = array_map(
    static fn (string $name): string => (string) getenv("KWB_TEST_$name"),
    ['ADDRESS', 'PATH', 'HOST', 'MESSAGE', 'EXPECT'],
);
// The certificate is for the name that clients use, which is not the Service's.
$context = stream_context_create(['ssl' => ['verify_peer' => false, 'verify_peer_name' => false]]);
$socket = @stream_socket_client($address, $code, $reason, 10, STREAM_CLIENT_CONNECT, $context);
if ($socket === false) {
    fail("no connection to $address: $reason");
}
stream_set_timeout($socket, 15);

$origin = $host === '' ? '' : "Origin: https://$host\r\n";
$host = $host === '' ? (string) parse_url($address, PHP_URL_HOST) : $host;
$key = base64_encode(random_bytes(16));
fwrite($socket, "GET $path HTTP/1.1\r\nHost: $host\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    . "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: $key\r\n$origin\r\n");
$answer = '';
while (!str_ends_with($answer, "\r\n\r\n")) {
    $line = fgets($socket);
    if ($line === false) {
        fail("no answer to the handshake, only: $answer");
    }
    $answer .= $line;
}
$accept = base64_encode(sha1($key . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11', true));
if (!str_starts_with($answer, 'HTTP/1.1 101') || !str_contains($answer, $accept)) {
    fail("the handshake was answered with:\n$answer" . stream_get_contents($socket, 1000));
}

// RFC 6455, section 5.2: FIN and text, masked, and lengths up to 125 or in 16 bits.
$mask = random_bytes(4);
$length = strlen($message);
fwrite($socket, "\x81" . ($length < 126 ? chr(0x80 | $length) : chr(0x80 | 126) . pack('n', $length)) . $mask
    . ($message ^ str_pad('', $length, $mask)));

$read = static function (int $count) use ($socket): string {
    $bytes = $count === 0 ? '' : stream_get_contents($socket, $count);
    return strlen($bytes) === $count ? $bytes : fail('the connection ended before the answer');
};
// An answer may come in several messages, and pings between them.
$received = '';
while (strlen($received) < strlen($expected)) {
    [$first, $second] = array_values(unpack('C2', $read(2)));
    $size = $second & 0x7F;
    $size = $size === 126 ? unpack('n', $read(2))[1] : ($size === 127 ? unpack('J', $read(8))[1] : $size);
    $payload = $read($size);
    match ($first & 0x0F) {
        0, 1, 2 => $received .= $payload,
        8 => fail('the bridge closed: ' . (strlen($payload) >= 2 ? unpack('n', $payload)[1] . ' ' . substr($payload, 2) : 'no code')),
        default => null,
    };
}
fwrite($socket, "\x88\x82" . $mask . (pack('n', 1000) ^ $mask));
$received === $expected || fail("expected \"$expected\", got \"$received\"");
echo "OK: $address answered \"$received\"\n";
