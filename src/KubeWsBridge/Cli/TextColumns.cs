namespace KubeWsBridge.Cli;

/// <summary>Writes two columns: a name, and a text beside it that is wrapped.</summary>
internal sealed class TextColumns(TextWriter writer, int indent, int left, int width)
{
    /// <summary>Writes one row; a name too long for its column gets a line of its own.</summary>
    public void Write(string name, string text) => Write(name, text.Split(' '));

    /// <summary>Writes one row of a text in pieces that are not to be torn apart.</summary>
    public void Write(string name, IEnumerable<string> pieces)
    {
        var margin = indent + left;
        var start = new string(' ', indent) + name;
        var column = start.Length + 2 <= margin ? start.PadRight(margin) : start + writer.NewLine + new string(' ', margin);
        writer.Write(column);
        var gap = writer.NewLine + new string(' ', margin);
        writer.WriteLine(string.Join(gap, Wrap(pieces, width - margin)));
    }

    /// <summary>Joins pieces to lines of at most the width; a piece longer than that stands alone.</summary>
    public static IEnumerable<string> Wrap(IEnumerable<string> pieces, int width)
    {
        var line = "";
        foreach (var word in pieces)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
