using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Admission;

/// <summary>A web origin (RFC 6454 section 4) in comparable form: lower case, ASCII host, explicit port.</summary>
/// <param name="Scheme">Without the colon.</param>
/// <param name="Host">An IPv6 address has brackets.</param>
/// <param name="Port">The scheme's default when none was written; 0 when the scheme has none.</param>
internal sealed record Origin(string Scheme, string Host, int Port)
{
    // Besides letters, digits and hyphens the underscore that names in internal networks have; no star, slash, comma or space.
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>Reads <c>scheme://host[:port]</c>; anything more, such as a path, is not an origin.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        if (separator < 1)
            return false;

        var scheme = text[..separator].ToLowerInvariant();
        var authority = text.AsSpan(separator + 3);
        // A colon inside brackets belongs to an IPv6 address.
        var colon = authority.LastIndexOf(':');
        if (colon < authority.LastIndexOf(']'))
            colon = -1;

        if (!TryPort(scheme, colon < 0 ? default : authority[(colon + 1)..], colon >= 0, out var port)
            || !TryHost(colon < 0 ? authority : authority[..colon], out var host))
            return false;
        origin = new(scheme, host, port);
        return true;
    }

    private static bool TryPort(string scheme, ReadOnlySpan<char> text, bool given, out int port)
    {
        port = scheme switch { "http" or "ws" => 80, "https" or "wss" => 443, _ => 0 };
        return !given || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535);
    }

    private static bool TryHost(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        if (text is ['[', .. var inner, ']'])
        {
            if (!IPAddress.TryParse(inner, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
                return false;
            host = $"[{address}]";
            return true;
        }
        try
        {
            // Browsers send internationalised names in their ASCII form, people write the other one.
            host = new IdnMapping().GetAscii(text.ToString()).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }
        return host.AsSpan().IndexOfAnyExcept(HostCharacters) < 0;
    }
}
