using System.Text;
using static KubeWsBridge.Behaviour.Conformance.Handshakes.HandshakeCase;

namespace KubeWsBridge.Behaviour.Conformance.Handshakes;

/// <summary>Sections 4.1 and 4.2.2: requests that ask rightly.</summary>
internal static class Accepted
{
    public static IEnumerable<HandshakeCase> Cases =>
    [
        Yes("4.1-01", "the least there must be", Plus()),
        Yes("4.1-02", "header names in lower case", Lower(Lines)),
        Yes("4.1-03", "header names in upper case", Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Plus()).Replace("Upgrade:", "UPGRADE:").Replace("Sec-WebSocket-Key:", "SEC-WEBSOCKET-KEY:"))),
        Yes("4.1-04", "Upgrade in another case", With("Upgrade", "Upgrade: WebSocket")),
        Yes("4.1-05", "Upgrade in upper case", With("Upgrade", "Upgrade: WEBSOCKET")),
        Yes("4.1-06", "Connection in another case", With("Connection", "Connection: upGRADE")),
        Yes("4.1-07", "Connection is a list, as Firefox sends it", With("Connection", "Connection: keep-alive, Upgrade")),
        Yes("4.1-08", "Connection is a list with odd spaces", With("Connection", "Connection:keep-alive , Upgrade  ")),
        Yes("4.1-09", "Connection in two headers", With("Connection", "Connection: keep-alive", "Connection: Upgrade")),
        Yes("4.1-10", "Upgrade is a list", With("Upgrade", "Upgrade: h2c, websocket")),
        Yes("4.1-11", "Upgrade in two headers", With("Upgrade", "Upgrade: h2c", "Upgrade: websocket")),
        Yes("4.1-12", "empty elements in lists", With("Connection", "Connection: , Upgrade, ,")),
        Yes("4.1-13", "headers in another order", Encoding.ASCII.GetBytes(string.Join("\r\n", [Lines[0], .. Lines.Skip(1).Reverse()]) + "\r\n\r\n")),
        Yes("4.1-14", "no space behind the colons", Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Plus()).Replace(": ", ":"))),
        Yes("4.1-15", "spaces around values", With("Sec-WebSocket-Key", $"Sec-WebSocket-Key:   {Key} \t ")),
        Yes("4.1-16", "a query", With("GET", "GET /chat?a=1&b=%20c HTTP/1.1")),
        Yes("4.1-17", "the root", With("GET", "GET / HTTP/1.1")),
        Yes("4.1-18", "an absolute URI as the resource (section 4.2.1)", With("GET", "GET http://bridge.test/chat HTTP/1.1")),
        Yes("4.1-19", "Host with a port", With("Host", "Host: bridge.test:8080")),
        Yes("4.1-20", "Host is an IPv6 address", With("Host", "Host: [::1]:8080")),
        Yes("4.1-21", "an origin", Plus("Origin: https://example.com")),
        Yes("4.1-22", "the origin null", Plus("Origin: null")),
        Yes("4.1-23", "headers nobody knows", Plus("X-One: 1", "X-Two: 2", "X-Two: 3", "Cookie: a=b; c=d")),
        Yes("4.1-24", "a header value beyond ASCII", Plus("X-Name: Gr\u00FC\u00DFe")),
        Yes("4.1-25", "a hundred more headers", Plus([.. Enumerable.Range(0, 100).Select(i => $"X-Header-{i}: {i}")])),
        Yes("4.1-26", "a header of 8000 bytes", Plus($"Cookie: c={new string('x', 8000)}")),
        Yes("4.1-27", "a request in pieces of one byte", Plus()) with { InBytes = true },
        Yes("4.2.2-key-1", "the Accept value of 16 zeros", With("Sec-WebSocket-Key", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")) with { Accept = "ICX+Yqv66kxgM0FcWaLWlFLwTAI=" },
        Yes("4.2.2-key-2", "the Accept value of a key with plus and slash", With("Sec-WebSocket-Key", "Sec-WebSocket-Key: ++//++//++//++//++//+w==")) with { Accept = Sha("++//++//++//++//++//+w==") },
        Yes("4.2.2-key-3", "the Accept value of RFC 6455's other example", With("Sec-WebSocket-Key", "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==")) with { Accept = "HSmrc0sMlYUkAGmm5OPpG2HaGWk=" },
        .. Extensions(), .. Subprotocols(),
    ];

    // Section 9.1: an extension is on only if the server says so, and this one has none.
    private static IEnumerable<HandshakeCase> Extensions()
    {
        string[] offers =
        [
            "permessage-deflate", "permessage-deflate; client_max_window_bits", "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            "x-webkit-deflate-frame", "foo; bar=\"a, b\"", "bogus,,;;=", "permessage-deflate, permessage-deflate; client_max_window_bits=9",
        ];
        for (var i = 0; i < offers.Length; i++)
            yield return Yes($"9.1-{i + 1}", $"the extension offer {offers[i]} is not accepted", Plus($"Sec-WebSocket-Extensions: {offers[i]}"));
        yield return Yes("9.1-two", "two headers of extensions", Plus("Sec-WebSocket-Extensions: one", "Sec-WebSocket-Extensions: two"));
    }

    private static IEnumerable<HandshakeCase> Subprotocols()
    {
        (string Id, string Title, string[] Offers, string? Chosen)[] rules =
        [
            ("1", "the one that both speak", ["chat.v1"], "chat.v1"), ("2", "the server's preference counts", ["chat.v1, chat.v2"], "chat.v2"),
            ("3", "one of many", ["soap, chat.v1, wamp"], "chat.v1"), ("4", "none of them is ours", ["soap, wamp"], null),
            ("5", "names are case-sensitive", ["CHAT.V1"], null), ("6", "offers in two headers", ["soap", "chat.v1"], "chat.v1"),
            ("7", "no spaces in the list", ["soap,chat.v2,chat.v1"], "chat.v2"), ("8", "a name that only begins like ours", ["chat.v11, chat"], null),
            ("9", "empty elements", [", chat.v1,"], "chat.v1"),
        ];
        foreach (var (id, title, offers, chosen) in rules)
        {
            var request = Plus([.. offers.Select(offer => $"Sec-WebSocket-Protocol: {offer}")]);
            yield return Yes($"4.2.2-subprotocol-{id}", $"subprotocols: {title}", request) with { Subprotocol = chosen };
        }
    }

    private static HandshakeCase Yes(string id, string title, byte[] request) => new(id, title, 101, request);

    private static byte[] Lower(string[] lines) =>
        Encoding.ASCII.GetBytes(string.Join("\r\n", lines.Select(line => line.Split(": ") is [var name, var value] ? $"{name.ToLowerInvariant()}: {value}" : line)) + "\r\n\r\n");

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1.")]
    private static string Sha(string key) =>
        Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
