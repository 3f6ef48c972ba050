using System.Buffers.Binary;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>The header of a client's frame (RFC 6455 section 5.2).</summary>
internal struct FrameHeader
{
    /// <summary>True for the last frame of a message.</summary>
    public bool Final;

    /// <summary>What the frame carries.</summary>
    public Opcode Opcode;

    /// <summary>Bytes before the payload.</summary>
    public int Length;

    /// <summary>Bytes the input must have for an event: all of a control frame, or one payload byte of a data frame.</summary>
    public int Needed;

    /// <summary>The mask, as <see cref="Masking.ReadKey"/> has it.</summary>
    public uint Key;

    /// <summary>Bytes of payload.</summary>
    public long PayloadLength;

    /// <summary>True for ping, pong and close.</summary>
    public readonly bool IsControl => ((byte)Opcode & 8) != 0;

    /// <summary>
    /// Reads what is there; the header is whole if the input has <see cref="Needed"/> bytes. Each rule is checked as soon as its byte has
    /// arrived and in wire order, so that one mistake has one name however the bytes were cut on their way.
    /// </summary>
    /// <param name="input">The bytes from the frame's first on.</param>
    /// <param name="insideMessage">A fragmented message is open.</param>
    /// <param name="room">Payload bytes that the message may still have.</param>
    /// <param name="header">What could be read.</param>
    public static DecodeError Read(ReadOnlySpan<byte> input, bool insideMessage, long room, out FrameHeader header)
    {
        header = new FrameHeader { Needed = 2 };
        if (input.IsEmpty) return DecodeError.None;
        var error = header.ReadFirst(input[0], insideMessage);
        if (error != DecodeError.None || input.Length < 2) return error;

        if ((input[1] & 0x80) == 0) return DecodeError.Unmasked;
        var length = input[1] & 0x7F;
        if (length > 125 && header.IsControl) return DecodeError.ControlTooLong;

        var extended = length switch { 126 => sizeof(ushort), 127 => sizeof(ulong), _ => 0 };
        header.Length = header.Needed = 2 + extended + sizeof(uint);
        if (input.Length < 2 + extended) return DecodeError.None;
        error = header.ReadLength(input[1..], length, room);
        if (error != DecodeError.None || input.Length < header.Needed) return error;

        header.Key = Masking.ReadKey(input[(2 + extended)..]);
        return DecodeError.None;
    }

    private DecodeError ReadFirst(byte first, bool insideMessage)
    {
        Final = (first & 0x80) != 0;
        Opcode = (Opcode)(first & 0x0F);
        if ((first & 0x70) != 0) return DecodeError.ReservedBits;
        return Opcode switch
        {
            Opcode.Continuation => insideMessage ? DecodeError.None : DecodeError.UnexpectedContinuation,
            Opcode.Text or Opcode.Binary => insideMessage ? DecodeError.InterruptedMessage : DecodeError.None,
            Opcode.Close or Opcode.Ping or Opcode.Pong => Final ? DecodeError.None : DecodeError.FragmentedControl,
            _ => DecodeError.ReservedOpcode,
        };
    }

    private DecodeError ReadLength(ReadOnlySpan<byte> input, int length, long room)
    {
        PayloadLength = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(input[1..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(input[1..]),
            _ => length,
        };
        if (PayloadLength < 0) return DecodeError.LengthOutOfRange;
        if (length == 126 && PayloadLength < 126 || length == 127 && PayloadLength <= ushort.MaxValue) return DecodeError.NonMinimalLength;
        if (!IsControl && PayloadLength > room) return DecodeError.MessageTooBig;

        Needed += IsControl ? length : Math.Min(length, 1);
        return DecodeError.None;
    }
}
