using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>
/// The one rule for header values: bytes that are valid UTF-8 are read as UTF-8, all others as ISO-8859-1 (RFC 9110 section 5.5 calls them
/// opaque), so that no value is lost and workers always see UTF-8.
/// </summary>
/// <remarks>
/// It takes a server that reads each header byte as one character:
/// <c>KestrelServerOptions.RequestHeaderEncodingSelector = _ =&gt; Encoding.Latin1</c>. Kestrel's own default refuses what is not UTF-8.
/// </remarks>
internal static class HeaderText
{
    /// <summary>The header's value: its lines decoded and joined.</summary>
    /// <param name="name">The name in any case; cookies are joined by semicolons (RFC 9113 section 8.2.3), all else by commas (RFC 9110 section 5.3).</param>
    /// <param name="lines">The values of all lines of that name, one byte a character.</param>
    public static string Join(string name, StringValues lines)
    {
        if (lines.Count == 1)
            return Decode(lines[0] ?? "");
        var separator = name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ";
        return string.Join(separator, lines.Select(line => Decode(line ?? "")));
    }

    /// <summary>One value, decoded by the rule.</summary>
    public static string Decode(string value)
    {
        // Characters beyond a byte come from a server that has decoded the value already.
        if (Ascii.IsValid(value) || value.AsSpan().ContainsAnyExceptInRange('\0', '\xFF'))
            return value;
        var bytes = Encoding.Latin1.GetBytes(value);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }
}
