using System.Buffers.Binary;
using System.Text.Unicode;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Writes the server's frames: unmasked, lengths in as few bytes as they need (RFC 6455 sections 5.1 and 5.2).</summary>
public static class FrameWriter
{
    /// <summary>Bytes of the longest header that is ever written.</summary>
    public const int MaxHeaderLength = 10;

    /// <summary>Most payload bytes of a control frame (section 5.5).</summary>
    public const int MaxControlPayload = 125;

    /// <summary>Bytes of the longest control frame, header and all.</summary>
    public const int MaxControlFrameLength = 2 + MaxControlPayload;

    /// <summary>Bytes of the header that a payload of this many bytes (0 or more) gets: 2, 4 or 10.</summary>
    public static int HeaderLength(long payloadLength) => payloadLength switch { <= 125 => 2, <= ushort.MaxValue => 4, _ => 10 };

    /// <summary>Writes a header and returns its length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short, or the payload length negative.</exception>
    public static int WriteHeader(Span<byte> destination, Opcode opcode, bool final, long payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        var header = destination[..HeaderLength(payloadLength)];
        header[0] = (byte)((final ? 0x80 : 0) | (byte)opcode);
        switch (header.Length)
        {
            case 2:
                header[1] = (byte)payloadLength;
                break;
            case 4:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payloadLength);
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(header[2..], payloadLength);
                break;
        }

        return header.Length;
    }

    /// <summary>
    /// Writes a whole close frame and returns its length. The reason is cut to 123 bytes between two characters. Codes that only stand
    /// for an end without a code (1005, 1006, 1015) become the empty payload that says so (RFC 6455 section 7.4.1).
    /// </summary>
    /// <param name="destination">At least <see cref="MaxControlFrameLength"/> bytes.</param>
    /// <param name="code">The code; one that <see cref="CloseCode.MayBeReceived"/>, or one of the three above.</param>
    /// <param name="reason">What a person may read; lone surrogates become U+FFFD.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short, or the code may not be sent.</exception>
    public static int WriteClose(Span<byte> destination, int code, string reason)
    {
        var frame = destination[..MaxControlFrameLength];
        if (code is CloseCode.NoStatus or CloseCode.Abnormal or CloseCode.TlsHandshake) return WriteHeader(frame, Opcode.Close, true, 0);
        if (!CloseCode.MayBeReceived(code)) throw new ArgumentOutOfRangeException(nameof(code), code, "This close code may not be sent.");

        // Too little room is no error here: what was written until then is whole characters.
        Utf8.FromUtf16(reason, frame[4..], out _, out var reasonLength);
        var length = sizeof(ushort) + reasonLength;
        WriteHeader(frame, Opcode.Close, true, length);
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)code);
        return 2 + length;
    }

    /// <summary>Writes a whole control frame and returns its length; the payload may already lie in the destination.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The destination is too short, the payload longer than <see cref="MaxControlPayload"/>, or the opcode none of a control frame.
    /// </exception>
    public static int WriteControl(Span<byte> destination, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxControlPayload);
        if (opcode is not (Opcode.Close or Opcode.Ping or Opcode.Pong))
            throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "This is not a control frame.");

        // The payload first: CopyTo minds overlap, the header would not.
        payload.CopyTo(destination[2..]);
        return WriteHeader(destination, opcode, true, payload.Length) + payload.Length;
    }
}
