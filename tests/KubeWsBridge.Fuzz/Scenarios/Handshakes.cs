using System.Text;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>Requests to upgrade, good and bad ones.</summary>
internal static class Handshakes
{
    private static readonly (string Name, string From, string To)[] Faults =
    [
        ("no upgrade", "Upgrade: websocket\r\n", ""), ("another upgrade", "websocket", "h2c"), ("no connection header", "Connection: Upgrade\r\n", ""),
        ("version 12", "Version: 13", "Version: 12"), ("no version", "Sec-WebSocket-Version: 13\r\n", ""), ("a short key", "==\r\n", "\r\n"),
        ("POST", "GET", "POST"), ("HTTP/1.0", "HTTP/1.1", "HTTP/1.0"), ("no host", "Host: fuzz.test\r\n", ""), ("no HTTP", " HTTP/1.1", ""),
        ("a header without a colon", "Host: ", "Nonsense\r\nHost: "),
    ];

    /// <summary>One that must be accepted.</summary>
    public static (string Note, byte[] Bytes) Good(Dice dice, string query)
    {
        var more = dice.Between(0, 9) switch
        {
            0 => $"X-Pad: {new string('x', dice.Between(1, 7000))}\r\n",
            1 => "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n",
            2 => "Origin: https://example.com\r\nCookie: a=b; c=d\r\nAccept-Language: de\r\n",
            _ => "",
        };
        var text = Text(dice, query, more);
        if (dice.Chance(10))
            text = text.Replace("Upgrade: websocket", "upgrade: WebSocket", StringComparison.Ordinal);
        if (dice.Chance(10))
            text = text.Replace("Connection: Upgrade", "connection: keep-alive, Upgrade", StringComparison.Ordinal);
        return ("good", Encoding.Latin1.GetBytes(text));
    }

    /// <summary>One that must be refused.</summary>
    public static (string Note, byte[] Bytes) Bad(Dice dice, string query)
    {
        var (name, from, to) = dice.OneOf<(string Name, string From, string To)>(Faults);
        return (name, Encoding.Latin1.GetBytes(Text(dice, query, "").Replace(from, to, StringComparison.Ordinal)));
    }

    private static string Text(Dice dice, string query, string more) =>
        $"GET /fuzz?{query} HTTP/1.1\r\nHost: fuzz.test\r\n{more}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + $"Sec-WebSocket-Key: {Convert.ToBase64String(dice.Bytes(16))}\r\n\r\n";
}
