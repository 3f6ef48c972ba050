using System.Buffers.Text;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Framing;

/// <summary>The header line of a frame: type, length, and whether the message goes on.</summary>
internal struct FrameLine
{
    /// <summary>Bytes of the longest line that is ever written or taken.</summary>
    public const int MaxLength = 32;

    /// <summary>What follows the payload.</summary>
    public const byte Guard = (byte)'\n';

    /// <summary>What the frame carries; never <see cref="Opcode.Continuation"/>.</summary>
    public Opcode Type;

    /// <summary>Bytes of payload.</summary>
    public int PayloadLength;

    /// <summary>Whether the message goes on in the next frame.</summary>
    public bool GoesOn;

    /// <summary>Bytes of the line with its newline; 0 when it is not whole yet. With an error, where that is.</summary>
    public int Length;

    /// <summary>
    /// Reads what is there. Each rule is checked as soon as its byte has arrived, so that a worker which speaks otherwise is told at once, and one
    /// mistake has one name however the bytes were cut on their way.
    /// </summary>
    public static FramingError Read(ReadOnlySpan<byte> input, out FrameLine line)
    {
        line = default;
        var word = Word(input);
        var known = Math.Min(word.Length, input.Length);
        var same = input[..known].CommonPrefixLength(word);
        if (same < known || word.IsEmpty)
            return line.Fail(FramingError.UnknownType, 0);
        if (input.Length == known)
            return FramingError.None;

        line.Type = TypeOf(word);
        var at = word.Length;
        var error = line.ReadLength(input, ref at);
        return error != FramingError.None || at == input.Length ? error : line.ReadEnd(input, at);
    }

    /// <summary>Writes a line and returns its length.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="word">The type and a space.</param>
    /// <param name="payloadLength">Bytes of payload.</param>
    /// <param name="goesOn">Whether the message goes on in the next frame.</param>
    public static int Write(Span<byte> destination, ReadOnlySpan<byte> word, int payloadLength, bool goesOn)
    {
        word.CopyTo(destination);
        Utf8Formatter.TryFormat(payloadLength, destination[word.Length..], out var digits);
        var length = word.Length + digits;
        if (goesOn)
        {
            " +"u8.CopyTo(destination[length..]);
            length += 2;
        }

        destination[length] = (byte)'\n';
        return length + 1;
    }

    /// <summary>The only type the line can be of, by its first two bytes, and the space after it.</summary>
    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> input) => input.IsEmpty ? "text "u8 : input[0] switch
    {
        (byte)'t' => "text "u8,
        (byte)'b' => "binary "u8,
        (byte)'c' => "close "u8,
        (byte)'p' => input.Length > 1 && input[1] == (byte)'o' ? "pong "u8 : "ping "u8,
        _ => [],
    };

    private static Opcode TypeOf(ReadOnlySpan<byte> word) => (word[0], word[1]) switch
    {
        ((byte)'t', _) => Opcode.Text,
        ((byte)'b', _) => Opcode.Binary,
        ((byte)'c', _) => Opcode.Close,
        (_, (byte)'o') => Opcode.Pong,
        _ => Opcode.Ping,
    };

    private FramingError ReadLength(ReadOnlySpan<byte> input, ref int at)
    {
        var first = at;
        var length = 0L;
        for (; at < input.Length && input[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            if (at == first + 1 && input[first] == (byte)'0')
                return Fail(FramingError.BadLength, first);
            length = length * 10 + input[at] - (byte)'0';
            if (length > int.MaxValue)
                return Fail(FramingError.TooLong, first);
        }

        PayloadLength = (int)length;
        return at == first && at < input.Length ? Fail(FramingError.BadLength, at) : FramingError.None;
    }

    private FramingError ReadEnd(ReadOnlySpan<byte> input, int at)
    {
        var end = input[at..];
        GoesOn = end[0] == (byte)' ';
        var expected = GoesOn ? " +\n"u8 : "\n"u8;
        var present = Math.Min(end.Length, expected.Length);
        var same = end[..present].CommonPrefixLength(expected);
        if (same < present)
            return Fail(FramingError.BadLineEnd, at + same);
        Length = present == expected.Length ? at + present : 0;
        return FramingError.None;
    }

    private FramingError Fail(FramingError error, int at)
    {
        Length = at;
        return error;
    }
}
