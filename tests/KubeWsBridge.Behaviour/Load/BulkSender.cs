using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>Sends a bulk stream as binary messages of random sizes, some in fragments, some with pings between them.</summary>
internal sealed class BulkSender(Socket socket, BulkStream content, int seed)
{
    /// <summary>The longest message: 1 MiB.</summary>
    public const int LongestMessage = 1024 * 1024;

    private readonly Random _random = new(seed);
    private readonly byte[] _frame = new byte[LongestMessage + 14];
    private long _sent;

    /// <summary>Payload bytes sent so far.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Sends this many payload bytes.</summary>
    public async Task SendAsync(long total, TimeSpan patience)
    {
        while (_sent < total)
        {
            var message = (int)Math.Min(total - _sent, MessageSize());
            var fragments = message > 1 && _random.Next(4) == 0 ? _random.Next(2, 5) : 1;
            for (var left = fragments; left > 0; left--)
            {
                var size = left == 1 ? message : _random.Next(0, message);
                await SendFrameAsync(left == fragments ? 2 : 0, size, final: left == 1, patience);
                message -= size;
                if (left > 1 && _random.Next(4) == 0)
                    await socket.SendAsync(RawClient.Frame(9, "still there?"u8)).WaitAsync(patience);
            }
        }
    }

    // As many small messages as large ones: sizes are even in their logarithm, from 1 byte to 1 MiB.
    private int MessageSize() => (int)Math.Pow(2, _random.NextDouble() * 20);

    private async Task SendFrameAsync(int opcode, int size, bool final, TimeSpan patience)
    {
        var frame = _frame.AsMemory(0, WriteFrame(opcode, size, final));
        while (frame.Length > 0)
            frame = frame[await socket.SendAsync(frame).AsTask().WaitAsync(patience)..];
        Volatile.Write(ref _sent, _sent + size);
    }

    private int WriteFrame(int opcode, int size, bool final)
    {
        _frame[0] = (byte)((final ? 0x80 : 0) | opcode);
        var header = size <= 125 ? 2 : size <= ushort.MaxValue ? 4 : 10;
        _frame[1] = (byte)(0x80 | (header switch { 2 => size, 4 => 126, _ => 127 }));
        if (header == 4)
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(2), (ushort)size);
        else if (header == 10)
            BinaryPrimitives.WriteInt64BigEndian(_frame.AsSpan(2), size);

        var key = (uint)_random.NextInt64();
        MemoryMarshal.Write(_frame.AsSpan(header), key);
        var payload = _frame.AsSpan(header + 4, size);
        content.CopyTo(_sent, payload);
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        var wide = key | ((ulong)key << 32);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= wide;
        for (var i = words.Length * 8; i < size; i++)
            payload[i] ^= (byte)(key >> (8 * (i % 4)));
        return header + 4 + size;
    }
}
