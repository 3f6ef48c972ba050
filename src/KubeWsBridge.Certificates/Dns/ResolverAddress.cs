using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>A resolver as it stands in the configuration: <c>HOST[:PORT]</c>, IPv6 in brackets when a port follows.</summary>
public static class ResolverAddress
{
    /// <summary>Takes host and port apart; null when it is neither.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="defaultPort">The port when there is none.</param>
    public static (string Host, int Port)? Read(string text, int defaultPort = 53)
    {
        if (IPAddress.TryParse(text, out var bare) && (bare.AddressFamily == AddressFamily.InterNetworkV6 || !text.Contains(':', StringComparison.Ordinal)))
            return text.StartsWith('[') && text.Contains("]:", StringComparison.Ordinal) ? Split(text) : (bare.ToString(), defaultPort);
        return text.Contains(':', StringComparison.Ordinal) ? Split(text)
            : Uri.CheckHostName(text) == UriHostNameType.Dns ? (text, defaultPort) : null;
    }

    /// <summary>The addresses of what was written; a host's name is looked up the system's way.</summary>
    /// <exception cref="DnsException">The name has no address, or the text is no address.</exception>
    public static async Task<IReadOnlyList<IPEndPoint>> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (Read(text) is not var (host, port))
            throw new DnsException($"\"{text}\" is not the address of a name server; it is HOST or HOST:PORT.");
        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken);
            return [.. addresses.Select(address => new IPEndPoint(address, port))];
        }
        catch (SocketException e)
        {
            throw new DnsException($"The name server {text} was not found: {e.Message}.", e);
        }
    }

    private static (string Host, int Port)? Split(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = text[..colon].Trim('[', ']');
        var isHost = Uri.CheckHostName(host) is not UriHostNameType.Unknown;
        return isHost && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? (host, port)
            : null;
    }
}
