using System.Text;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The first line of a back-connection: the session's id, and a newline.</summary>
internal static class HelloLine
{
    /// <summary>Most bytes of the line, newline included. The id is 36; the rest is room for the words of later framings.</summary>
    public const int MaxLength = 256;

    /// <summary>Looks for the line at the front of what was received.</summary>
    /// <param name="received">All bytes received so far.</param>
    /// <param name="id">The session's id when the result is <see cref="HelloResult.Complete"/>.</param>
    /// <param name="length">The line's length with its newline; what follows is already payload.</param>
    public static HelloResult Parse(ReadOnlySpan<byte> received, out Guid id, out int length)
    {
        id = default;
        length = 0;
        var newline = received[..Math.Min(received.Length, MaxLength)].IndexOf((byte)'\n');
        if (newline < 0)
            return received.Length >= MaxLength ? HelloResult.Malformed : HelloResult.Incomplete;

        length = newline + 1;
        var line = received[..newline].TrimEnd((byte)'\r');
        Span<char> text = stackalloc char[36];
        return line.Length == text.Length
            && Ascii.ToUtf16(line, text, out _) == System.Buffers.OperationStatus.Done
            && Guid.TryParseExact(text, "D", out id)
                ? HelloResult.Complete
                : HelloResult.Malformed;
    }
}
