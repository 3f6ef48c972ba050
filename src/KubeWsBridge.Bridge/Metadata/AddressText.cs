using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>
/// Reads addresses that others wrote, strictly: <see cref="IPAddress"/> alone takes <c>1</c>, <c>0x7f.1</c> and octal <c>010.0.0.1</c>, and
/// two programs that read an address differently are how filters are passed.
/// </summary>
internal static class AddressText
{
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Reads <c>ip</c>, <c>ip:port</c>, <c>[v6]</c> or <c>[v6]:port</c>; the port is 0 when none is given.</summary>
    public static bool TryParseEndPoint(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        Split(text, out var host, out var portText);
        var brackets = host is ['[', .., ']'];
        if (!TryParse(brackets ? host[1..^1] : host, out var address) || (brackets && address.AddressFamily != AddressFamily.InterNetworkV6))
            return false;

        // RFC 7239 section 6 lets a proxy hide the port behind a name such as _x: then it is as unknown as none.
        _ = TryParsePort(portText, out var port);
        endPoint = new(TrustedProxies.Unmap(address), port);
        return true;
    }

    /// <summary>Reads an address in its usual notation, without brackets, zone or port.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (text.ContainsAnyExcept(AddressCharacters) || !IPAddress.TryParse(text, out address))
        {
            address = null;
            return false;
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 || text.SequenceEqual(address.ToString());
    }

    /// <summary>Reads 1 to 65535, or gives 0.</summary>
    public static bool TryParsePort(ReadOnlySpan<char> text, out int port)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535)
            return true;
        port = 0;
        return false;
    }

    /// <summary>Parts <c>host:port</c>, keeping brackets; without a port, and for a bare IPv6 address, the second part is empty.</summary>
    public static void Split(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out ReadOnlySpan<char> port)
    {
        host = text;
        port = default;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || colon < text.LastIndexOf(']') || (text[0] != '[' && text.IndexOf(':') != colon))
            return;
        host = text[..colon];
        port = text[(colon + 1)..];
    }
}
