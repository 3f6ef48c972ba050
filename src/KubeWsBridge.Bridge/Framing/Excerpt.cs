using System.Globalization;
using System.Text;

namespace KubeWsBridge.Bridge.Framing;

/// <summary>Bytes as a person can read them in a log.</summary>
internal static class Excerpt
{
    private const int MaxBytes = 24;

    /// <summary>The first bytes in quotes: printable ASCII as it is, everything else escaped as PHP and C write it.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var value in bytes[..Math.Min(bytes.Length, MaxBytes)])
            _ = value switch
            {
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'"' or (byte)'\\' => text.Append('\\').Append((char)value),
                >= 0x20 and < 0x7F => text.Append((char)value),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
            };
        return text.Append(bytes.Length > MaxBytes ? "\"…" : "\"").ToString();
    }
}
