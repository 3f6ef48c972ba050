using System.Text;
using static KubeWsBridge.Behaviour.Conformance.Handshakes.HandshakeCase;

namespace KubeWsBridge.Behaviour.Conformance.Handshakes;

/// <summary>Section 4.2.1: requests that are wrong get an HTTP error.</summary>
internal static class Refused
{
    public static IEnumerable<HandshakeCase> Cases => [.. RequestLines(), .. Upgrades(), .. Keys(), .. Versions(), .. Http(), .. Subprotocols()];

    private static IEnumerable<HandshakeCase> RequestLines() =>
    [
        No("4.2.1-method-1", "POST", 400, With("GET", "POST /chat HTTP/1.1"), "Content-Length: 0"),
        No("4.2.1-method-2", "PUT", 400, With("GET", "PUT /chat HTTP/1.1"), "Content-Length: 0"),
        No("4.2.1-method-3", "OPTIONS", 400, With("GET", "OPTIONS /chat HTTP/1.1")),
        No("4.2.1-method-4", "DELETE", 400, With("GET", "DELETE /chat HTTP/1.1")),
        No("4.2.1-method-5", "get in lower case", 400, With("GET", "get /chat HTTP/1.1")),
        No("4.2.1-method-6", "a method nobody knows", 400, With("GET", "BREW /chat HTTP/1.1")),
        No("4.2.1-http-1", "HTTP/1.0", 400, With("GET", "GET /chat HTTP/1.0")),
        No("4.2.1-http-2", "HTTP/0.9", 505, With("GET", "GET /chat HTTP/0.9")),
        No("4.2.1-http-3", "HTTP/2.0 in words of HTTP/1.1", 505, With("GET", "GET /chat HTTP/2.0")),
        No("4.2.1-http-4", "no version", 400, With("GET", "GET /chat")),
        No("4.2.1-http-5", "no resource", 400, With("GET", "GET HTTP/1.1")),
        No("4.2.1-http-6", "something else than HTTP", 400, "\u0016\u0003\u0001\u0002\r\n\r\n"u8.ToArray()),
    ];

    private static IEnumerable<HandshakeCase> Upgrades() =>
    [
        No("4.2.1-upgrade-1", "no Upgrade", 426, With("Upgrade")),
        No("4.2.1-upgrade-2", "an Upgrade to something else", 426, With("Upgrade", "Upgrade: h2c")),
        No("4.2.1-upgrade-3", "an Upgrade that only begins like websocket", 426, With("Upgrade", "Upgrade: websockets")),
        No("4.2.1-upgrade-4", "an empty Upgrade", 426, With("Upgrade", "Upgrade:")),
        No("4.2.1-connection-1", "no Connection", 426, With("Connection")),
        No("4.2.1-connection-2", "Connection: close", 426, With("Connection", "Connection: close")),
        No("4.2.1-connection-3", "Connection: keep-alive", 426, With("Connection", "Connection: keep-alive")),
        No("4.2.1-connection-4", "a Connection that only begins like upgrade", 426, With("Connection", "Connection: upgraded")),
        No("4.2.1-page", "a browser that asks for a page", 426, "GET / HTTP/1.1\r\nHost: bridge.test\r\nAccept: text/html\r\n\r\n"u8.ToArray()),
    ];

    private static IEnumerable<HandshakeCase> Keys()
    {
        (string Id, string Title, string[] Lines)[] keys =
        [
            ("1", "no key", []), ("2", "an empty key", ["Sec-WebSocket-Key:"]), ("3", "a key of 15 bytes", ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA"]),
            ("4", "a key of 17 bytes", ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA="]), ("5", "a key of 18 bytes", ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA"]),
            ("6", "a key that is not base64", ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q=="]), ("7", "a key without padding", ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ"]),
            ("8", "two keys", [$"Sec-WebSocket-Key: {Key}", $"Sec-WebSocket-Key: {Key}"]), ("9", "a list of keys", [$"Sec-WebSocket-Key: {Key}, {Key}"]),
            ("10", "a key with a space inside", ["Sec-WebSocket-Key: dGhlIHNhbXBs ZSBub25jZQ=="]), ("11", "a key in URL base64", ["Sec-WebSocket-Key: --__--__--__--__--__-w=="]),
            ("12", "a key of 32 bytes", [$"Sec-WebSocket-Key: {Key}{Key}"]),
        ];
        return keys.Select(key => No($"4.2.1-key-{key.Id}", key.Title, 400, With("Sec-WebSocket-Key", key.Lines)));
    }

    private static IEnumerable<HandshakeCase> Versions()
    {
        string[][] versions = [[], [""], ["0"], ["7"], ["8"], ["12"], ["14"], ["013"], ["13.0"], ["+13"], ["13a"], ["256"], ["thirteen"], ["8, 7"], ["8", "7"], ["13", "13"]];
        return versions.Select((values, i) => No(
            $"4.4-{i + 1}", $"version {(values.Length == 0 ? "is not there" : $"'{string.Join("' and '", values)}'")}", 426,
            With("Sec-WebSocket-Version", [.. values.Select(value => $"Sec-WebSocket-Version: {value}")])));
    }

    private static IEnumerable<HandshakeCase> Http() =>
    [
        No("4.2.1-host-1", "no Host", 400, With("Host")),
        No("4.2.1-host-2", "two Hosts", 400, With("Host", "Host: one.test", "Host: two.test")),
        No("4.2.1-host-3", "a Host that is none", 400, With("Host", "Host: a b")),
        No("4.2.1-line-1", "a header without a colon", 400, Plus("Nothing")),
        No("4.2.1-line-2", "a space before the colon", 400, Plus("X-Space : 1")),
        No("4.2.1-line-3", "a folded header", 400, Plus("X-Fold: 1", " 2")),
        No("4.2.1-line-4", "a header without a name", 400, Plus(": 1")),
        No("4.2.1-line-5", "NUL in a value", 400, Plus("X-Nul: a\0b")),
        No("4.2.1-line-6", "CR in a value", 400, Plus("X-Cr: a\rb")),
        No("4.2.1-big-1", "too many headers", 431, Plus([.. Enumerable.Range(0, 300).Select(i => $"X-{i}: 1")])),
        No("4.2.1-big-2", "headers too large", 431, Plus($"X-Big: {new string('x', 100_000)}")),
        No("4.2.1-big-3", "a resource too long", 414, With("GET", $"GET /{new string('x', 40_000)} HTTP/1.1")),
    ];

    private static IEnumerable<HandshakeCase> Subprotocols() =>
    [
        No("4.1-subprotocol-1", "a subprotocol offered twice", 400, Plus("Sec-WebSocket-Protocol: chat.v1, chat.v1")),
        No("4.1-subprotocol-2", "a subprotocol offered twice in two headers", 400, Plus("Sec-WebSocket-Protocol: chat.v1", "Sec-WebSocket-Protocol: chat.v1")),
        No("4.1-subprotocol-3", "a subprotocol that is no token", 400, Plus("Sec-WebSocket-Protocol: chat/v1")),
        No("4.1-subprotocol-4", "an empty list of subprotocols", 400, Plus("Sec-WebSocket-Protocol:")),
        No("4.1-subprotocol-5", "a subprotocol with a space", 400, Plus("Sec-WebSocket-Protocol: chat v1")),
    ];

    private static HandshakeCase No(string id, string title, int status, byte[] request, string? more = null) =>
        new(id, title, status, more is null ? request : [.. request[..^2], .. Encoding.ASCII.GetBytes(more), .. "\r\n\r\n"u8]);
}
