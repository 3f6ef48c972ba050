using System.Buffers;
using System.Globalization;
using System.Text;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Makes text of a worker's bytes that can do no harm in a log or a terminal.</summary>
internal static class LineText
{
    // C0 without the tab, DEL, C1 (U+009B starts terminal sequences), line separators, and the bidirectional controls that reorder
    // what is read.
    private static readonly SearchValues<char> Harmful = SearchValues.Create(
        [.. Range(0x00, 0x08), .. Range(0x0a, 0x1f), .. Range(0x7f, 0x9f), .. Range(0x2028, 0x202e), .. Range(0x2066, 0x2069)]);

    /// <summary>Decodes UTF-8 with U+FFFD for what is invalid, and escapes harmful characters as \u001b.</summary>
    public static string Decode(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        return text.AsSpan().ContainsAny(Harmful) ? Escape(text) : text;
    }

    /// <summary>The longest prefix of at most <paramref name="limit"/> bytes that does not end within a character.</summary>
    public static int CutAt(ReadOnlySpan<byte> line, int limit)
    {
        if (line.Length <= limit)
            return line.Length;

        // A character has at most three continuation bytes; more of them are not UTF-8 and may be cut anywhere.
        for (var cut = limit; cut > limit - 4 && cut > 0; cut--)
        {
            if ((line[cut] & 0xc0) != 0x80)
                return cut;
        }

        return limit;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 32);
        foreach (var character in text)
        {
            if (Harmful.Contains(character))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                escaped.Append(character);
        }

        return escaped.ToString();
    }

    private static IEnumerable<char> Range(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(static code => (char)code);
}
