using System.Net;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>What is known of the request that opened a session; never changes afterwards.</summary>
public sealed record SessionMetadata
{
    /// <summary>The session's id: a UUID v4 in lower case with hyphens.</summary>
    public required string SessionId { get; init; }

    /// <summary>The client, seen through trusted proxies only; IPv4 addresses are never written as mapped IPv6 ones.</summary>
    public required IPEndPoint Client { get; init; }

    /// <summary>The host name the client used, without port; an IPv6 address has no brackets.</summary>
    public required string ServerHost { get; init; }

    /// <summary>The port the client used, 1 to 65535.</summary>
    public required int ServerPort { get; init; }

    /// <summary>Path and query as the client sent them, still percent-encoded.</summary>
    public required string RequestUri { get; init; }

    /// <summary>The part before the first question mark.</summary>
    public required string Path { get; init; }

    /// <summary>The part after the first question mark; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>All request headers: names in lower case, in the order received, repeated ones joined (RFC 9110 section 5.3).</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The chosen subprotocol; null when none was chosen.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>True when the client's own connection is encrypted, as far as this server and its trusted proxies know.</summary>
    public bool Secure { get; init; }

    /// <summary>The encryption of the connection to this server; null when it has none, whatever a proxy before it does.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>The header's value by its lower-case name, or null.</summary>
    public string? Header(string name)
    {
        foreach (var (key, value) in Headers)
            if (string.Equals(key, name, StringComparison.Ordinal))
                return value;
        return null;
    }
}
