using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Where a PHP-FPM pool listens: <c>HOST:PORT</c> or <c>unix:/path</c>.</summary>
public sealed record FastCgiAddress
{
    private readonly EndPoint _endPoint;
    private readonly string _text;

    private FastCgiAddress(EndPoint endPoint, string text) => (_endPoint, _text) = (endPoint, text);

    /// <summary>Reads an address; false when the text is none. Names are looked up at each connection.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FastCgiAddress? address)
    {
        address = null;
        if (UnixSocketPath.TryRead(text, out var path))
        {
            if (path is not ['/', ..] || System.Text.Encoding.UTF8.GetByteCount(path) > UnixSocketPath.MaxBytes || path.Contains('\0', StringComparison.Ordinal))
                return false;
            address = new(new UnixDomainSocketEndPoint(path), UnixSocketPath.Scheme + path);
            return true;
        }

        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            return false;
        var host = text[..colon];
        var isBracketed = host is ['[', .., ']'];
        if (IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var ip))
        {
            // 1::2:9000 could mean two things.
            if (ip.AddressFamily == AddressFamily.InterNetworkV6 != isBracketed)
                return false;
            address = new(new IPEndPoint(ip, port), text);
            return true;
        }

        if (Uri.CheckHostName(host) != UriHostNameType.Dns)
            return false;
        address = new(new DnsEndPoint(host, port), text);
        return true;
    }

    /// <summary>Connects, within the token's patience.</summary>
    /// <exception cref="SocketException">Nobody listens there, or there is no room.</exception>
    public async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = _endPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Equals(FastCgiAddress? other) => _text == other?._text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The address as it was configured.</summary>
    public override string ToString() => _text;
}
