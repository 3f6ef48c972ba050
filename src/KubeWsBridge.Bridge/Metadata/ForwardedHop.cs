using System.Diagnostics.CodeAnalysis;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>What one proxy says in a <c>Forwarded</c> header (RFC 7239 section 4); null for what it leaves out.</summary>
internal sealed record ForwardedHop(string? For, string? Proto, string? Host)
{
    /// <summary>Reads one header line, first proxy first. A malformed line gives nothing: a stray quote could swallow what a later proxy wrote.</summary>
    public static bool TryParseLine(string line, [NotNullWhen(true)] out List<ForwardedHop>? hops)
    {
        hops = [];
        var rest = line.AsSpan();
        var empty = new ForwardedHop(null, null, null);
        var hop = empty;
        while (true)
        {
            rest = rest.TrimStart(" \t");
            if (rest is not ([] or [',' or ';', ..]) && !TryPair(ref rest, ref hop))
                break;

            rest = rest.TrimStart(" \t");
            if (rest is [] or [',', ..])
            {
                // RFC 9110 section 5.6.1.2: empty list elements do not count.
                if (hop != empty)
                    hops.Add(hop);
                hop = empty;
            }
            else if (rest[0] != ';')
                break;
            if (rest is [])
                return true;
            rest = rest[1..];
        }
        hops = null;
        return false;
    }

    private static bool TryPair(ref ReadOnlySpan<char> rest, ref ForwardedHop hop)
    {
        var equals = rest.IndexOf('=');
        if (equals < 1)
            return false;
        var name = rest[..equals];
        rest = rest[(equals + 1)..];
        if (!TryValue(ref rest, out var value))
            return false;

        if (name.Equals("for", StringComparison.OrdinalIgnoreCase))
            hop = hop with { For = value };
        else if (name.Equals("proto", StringComparison.OrdinalIgnoreCase))
            hop = hop with { Proto = value };
        else if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
            hop = hop with { Host = value };
        return true;
    }

    // A token or a quoted string (RFC 9110 section 5.6.4). Bare [v6]:port breaks the grammar, but is what many proxies write.
    private static bool TryValue(ref ReadOnlySpan<char> rest, out string value)
    {
        value = "";
        if (rest is not ['"', ..])
        {
            var end = rest.IndexOfAny(",; \t\"");
            value = (end < 0 ? rest : rest[..end]).ToString();
            rest = end < 0 ? default : rest[end..];
            return value.Length > 0;
        }

        var quoted = rest[1..];
        for (var length = quoted.IndexOfAny('"', '\\'); length >= 0; length = quoted.IndexOfAny('"', '\\'))
        {
            value += quoted[..length].ToString();
            if (quoted[length] == '"')
            {
                rest = quoted[(length + 1)..];
                return true;
            }
            if (quoted.Length < length + 2)
                break;
            value += quoted[length + 1];
            quoted = quoted[(length + 2)..];
        }
        return false;
    }
}
