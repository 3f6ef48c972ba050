using System.Buffers.Binary;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>Ready-made messages one after the other, so that sending any number of them costs one call and no masking.</summary>
internal sealed class MessageRing
{
    private const int LargeFrom = 16 * 1024;
    private const int MaxHeader = 14;

    /// <param name="wire">How they are framed.</param>
    /// <param name="payloadSize">Payload bytes of each.</param>
    /// <param name="inFlight">How many may be sent at once.</param>
    public MessageRing(Wire wire, int payloadSize, int inFlight)
    {
        Payload = new byte[payloadSize];
        new Random(payloadSize).NextBytes(Payload);
        var frame = Frame(wire, 0);
        MessageLength = frame.Length;
        // Large messages are sent one by one anyway; many of them would only empty the caches.
        Count = payloadSize >= LargeFrom ? 1 : 2 * inFlight;
        Bytes = GC.AllocateUninitializedArray<byte>(Count * MessageLength, pinned: true);
        for (var index = 0; index < Count; index++)
            Frame(wire, index).CopyTo(Bytes, index * MessageLength);
    }

    /// <summary>What every message carries.</summary>
    public byte[] Payload { get; }

    /// <summary>The messages, framed; pinned.</summary>
    public byte[] Bytes { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Bytes of one, framing included.</summary>
    public int MessageLength { get; }

    private byte[] Frame(Wire wire, int seed)
    {
        if (wire == Wire.Raw)
            return Payload;

        var frame = new byte[MaxHeader + Payload.Length];
        frame[0] = 0x82;
        var length = WriteLength(frame);
        var key = frame.AsSpan(length, 4);
        BinaryPrimitives.WriteInt32BigEndian(key, 0x5A17_93C1 + seed * 0x0101_4B07);
        length += 4;
        for (var index = 0; index < Payload.Length; index++)
            frame[length + index] = (byte)(Payload[index] ^ key[index % 4]);
        return frame[..(length + Payload.Length)];
    }

    private int WriteLength(byte[] frame)
    {
        const int masked = 0x80;
        switch (Payload.Length)
        {
            case <= 125:
                frame[1] = (byte)(masked | Payload.Length);
                return 2;
            case <= ushort.MaxValue:
                frame[1] = masked | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)Payload.Length);
                return 4;
            default:
                frame[1] = masked | 127;
                BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), Payload.Length);
                return 10;
        }
    }
}
