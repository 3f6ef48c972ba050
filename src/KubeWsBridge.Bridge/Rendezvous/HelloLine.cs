using System.Buffers;
using System.Text;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The first line of a back-connection: the session's id, perhaps the worker's wishes (docs/messages.md), and a newline.</summary>
internal static class HelloLine
{
    /// <summary>Most bytes of the line, newline included.</summary>
    public const int MaxLength = 256;

    private const int IdLength = 36;

    /// <summary>Looks for the line at the front of what was received.</summary>
    /// <param name="received">All bytes received so far.</param>
    /// <param name="id">The session's id when the result is <see cref="HelloResult.Complete"/>.</param>
    /// <param name="hello">What follows the id; it may be a fault, which is the business of the session that the id names.</param>
    /// <param name="length">The line's length with its newline; what follows is already payload.</param>
    public static HelloResult Parse(ReadOnlySpan<byte> received, out Guid id, out Hello hello, out int length)
    {
        (hello, length) = (Hello.Plain, 0);
        var newline = received[..Math.Min(received.Length, MaxLength)].IndexOf((byte)'\n');
        if (newline < 0 && received.Length < MaxLength)
        {
            id = default;
            return HelloResult.Incomplete;
        }

        if (!TryParseId(received[..(newline < 0 ? MaxLength : newline)], out id, out var rest))
            return HelloResult.Malformed;
        if (newline < 0)
            hello = new Hello { Fault = $"It has more than {MaxLength} bytes." };
        else if (rest.Length > 0)
            hello = HelloWords.Parse(rest);
        length = newline + 1;
        return HelloResult.Complete;
    }

    private static bool TryParseId(ReadOnlySpan<byte> line, out Guid id, out ReadOnlySpan<byte> rest)
    {
        id = default;
        rest = default;
        Span<char> text = stackalloc char[IdLength];
        if (line.Length < IdLength || Ascii.ToUtf16(line[..IdLength], text, out _) != OperationStatus.Done || !Guid.TryParseExact(text, "D", out id))
            return false;
        rest = line[IdLength..];
        if (rest.EndsWith("\r"u8))
            rest = rest[..^1];
        return true;
    }
}
