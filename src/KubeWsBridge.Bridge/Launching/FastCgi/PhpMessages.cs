using System.Buffers;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Puts PHP's log messages on lines of their own: PHP-FPM joins those of one record by <c>; </c> and ends none with a newline.</summary>
internal static class PhpMessages
{
    private static ReadOnlySpan<byte> Joint => "; PHP message: "u8;

    private static ReadOnlySpan<byte> Separator => "; "u8;

    /// <summary>Writes the content of one whole STDERR record as lines.</summary>
    public static void Write(ReadOnlySpan<byte> record, IBufferWriter<byte> output)
    {
        // What was said before it went out with the record before.
        if (record.StartsWith(Joint))
            record = record[Separator.Length..];

        while (record.IndexOf(Joint) is >= 0 and var joint)
        {
            WriteLine(record[..joint], output);
            record = record[(joint + Separator.Length)..];
        }

        if (!record.IsEmpty)
            WriteLine(record, output);
    }

    private static void WriteLine(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        output.Write(line);
        if (line[^1] != '\n')
            output.Write("\n"u8);
    }
}
