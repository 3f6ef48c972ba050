using System.Buffers;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Agrees on a subprotocol (RFC 6455 sections 1.9, 4.1 and 4.2.2); names are compared case-sensitively.</summary>
public static class SubprotocolChoice
{
    /// <summary>The characters of a token (RFC 9110 section 5.6.2).</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Reads a Sec-WebSocket-Protocol value, several headers joined by commas; null, the header's absence, is an empty list. Empty
    /// elements are passed over (RFC 9110 section 5.6.1.2).
    /// </summary>
    /// <returns>False when an element is not a token, a name stands twice, or a header is there and names nothing.</returns>
    public static bool TryParse(string? header, out IReadOnlyList<string> offered)
    {
        offered = [];
        if (header is null) return true;

        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in header.AsSpan().Split(','))
        {
            var name = header.AsSpan(element).Trim(" \t");
            if (name.IsEmpty) continue;
            if (!IsToken(name)) return false;
            names.Add(name.ToString());
            if (!seen.Add(names[^1])) return false;
        }

        offered = names;
        return names.Count > 0;
    }

    /// <summary>Whether the text is a token, as a subprotocol's name must be.</summary>
    public static bool IsToken(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(TokenCharacters);

    /// <summary>The first of ours, which stand in order of preference, that the client offers too; null when there is none.</summary>
    public static string? Choose(IReadOnlyList<string> ours, IReadOnlyList<string> offered)
    {
        foreach (var name in ours)
        {
            if (offered.Contains(name)) return name;
        }

        return null;
    }
}
