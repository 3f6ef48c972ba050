using System.Text;

namespace KubeWsBridge.Behaviour.Conformance.Handshakes;

/// <summary>A request and what its answer must be.</summary>
/// <param name="Id">Section of RFC 6455 and a number.</param>
/// <param name="Title">The rule.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="Request">Everything that is sent.</param>
public sealed record HandshakeCase(string Id, string Title, int Status, byte[] Request)
{
    /// <summary>The key of the example in section 1.3.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>The value of Sec-WebSocket-Accept that belongs to the request's key.</summary>
    public string Accept { get; init; } = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    /// <summary>The subprotocol the server must choose; null for none.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>The request goes out a byte at a time.</summary>
    public bool InBytes { get; init; }

    /// <summary>The lines of a correct request of section 4.1.</summary>
    public static readonly string[] Lines =
    [
        "GET /chat HTTP/1.1", "Host: bridge.test", "Upgrade: websocket", "Connection: Upgrade", $"Sec-WebSocket-Key: {Key}", "Sec-WebSocket-Version: 13",
    ];

    /// <summary>A correct request in which the line that begins with <paramref name="name"/> stands replaced, or is gone.</summary>
    public static byte[] With(string name, params string[] instead) => Join(Lines.SelectMany(line => line.StartsWith(name, StringComparison.Ordinal) ? instead : [line]));

    /// <summary>A correct request with more lines.</summary>
    public static byte[] Plus(params string[] more) => Join([.. Lines, .. more]);

    private static byte[] Join(IEnumerable<string> lines) => Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n");
}
