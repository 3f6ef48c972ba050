using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace KubeWsBridge.Wire;

/// <summary>Reads what a server sends and objects to everything RFC 6455 does not allow it. Shares no code with the program.</summary>
public sealed class ServerFrameReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly List<byte> _rest = [];
    private int _start;
    private bool _insideMessage;
    private bool _closed;

    /// <summary>Bytes of a frame that is not whole yet.</summary>
    public int Unfinished => _rest.Count;

    /// <summary>Takes the next bytes and gives the frames they complete.</summary>
    /// <exception cref="InvalidDataException">The server broke the protocol.</exception>
    public IReadOnlyList<ReceivedFrame> Read(ReadOnlySpan<byte> bytes)
    {
        _rest.AddRange(bytes);
        Demand(!_closed || _rest.Count == 0, "bytes after the close frame (section 5.5.1)");
        var frames = new List<ReceivedFrame>();
        while (ReadFrame(CollectionsMarshal.AsSpan(_rest)[_start..]) is { } frame)
            frames.Add(frame);
        _rest.RemoveRange(0, _start);
        _start = 0;
        return frames;
    }

    private ReceivedFrame? ReadFrame(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2)
            return null;
        Demand(!_closed, "a frame after the close frame (section 5.5.1)");
        var (first, second) = (rest[0], rest[1]);
        var (final, opcode) = ((first & 0x80) != 0, first & 0x0F);
        Demand((first & 0x70) == 0, "a reserved bit (section 5.2)");
        Demand(opcode is <= 2 or 8 or 9 or 10, $"the reserved opcode {opcode} (section 5.2)");
        Demand((second & 0x80) == 0, "a masked frame (section 5.1)");
        var length = (long)(second & 0x7F);
        Demand(opcode < 8 || (final && length <= 125), "a control frame that is long or in fragments (section 5.5)");
        Demand(opcode is not 0 || _insideMessage, "a continuation of nothing (section 5.4)");
        Demand(opcode is not (1 or 2) || !_insideMessage, "a message inside a message (section 5.4)");

        var header = 2 + length switch { 126 => 2, 127 => 8, _ => 0 };
        if (rest.Length < header)
            return null;
        var extended = rest[2..header];
        if (length == 126)
            Demand((length = BinaryPrimitives.ReadUInt16BigEndian(extended)) > 125, "a 16-bit length below 126 (section 5.2)");
        else if (length == 127)
            Demand((length = BinaryPrimitives.ReadInt64BigEndian(extended)) > 65535, "a 64-bit length below 65536 or above 2^63-1 (section 5.2)");
        if (rest.Length < header + length)
            return null;

        var frame = new ReceivedFrame(final, opcode, rest.Slice(header, (int)length).ToArray());
        _start += header + (int)length;
        if (opcode < 8)
            _insideMessage = !final;
        if (opcode == 8)
            DemandLegalClose(frame);
        return frame;
    }

    private void DemandLegalClose(ReceivedFrame frame)
    {
        _closed = true;
        Demand(frame.Payload.Length != 1, "half a close code (section 5.5.1)");
        Demand(
            frame.CloseCode is 1000 or 1001 or 1002 or 1003 or 1005 or (>= 1007 and <= 1014) or (>= 3000 and <= 4999),
            $"the close code {frame.CloseCode} (section 7.4)");
        Demand(frame.Payload.Length == 0 || frame.CloseCode != 1005, "the close code 1005 on the wire (section 7.4.1)");
        try
        {
            _ = StrictUtf8.GetCharCount(frame.Payload.AsSpan(Math.Min(2, frame.Payload.Length)));
        }
        catch (ArgumentException)
        {
            Demand(false, "a close reason that is not UTF-8 (section 5.5.1)");
        }
    }

    private static void Demand(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidDataException($"The server sent {otherwise}.");
    }
}
