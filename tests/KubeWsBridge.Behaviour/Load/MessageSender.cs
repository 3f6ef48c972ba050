using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>Sends the messages of a sequence as masked frames, some in fragments, many in one write.</summary>
internal sealed class MessageSender(Socket socket, int seed)
{
    private readonly Random _random = new(~seed);
    private readonly byte[] _buffer = new byte[2 * 1024 * 1024];
    private int _length;

    /// <summary>Sends so many messages.</summary>
    public async Task SendAsync(int count, TimeSpan patience)
    {
        var messages = new MessageSequence(seed);
        for (var i = 0; i < count; i++)
        {
            var (isText, payload) = messages.Next();
            if (_length + payload.Length + 64 > _buffer.Length)
                await FlushAsync(patience);
            Add(isText ? 1 : 2, payload.Span);
            if (_length > 32 * 1024)
                await FlushAsync(patience);
        }

        await FlushAsync(patience);
    }

    private void Add(int opcode, ReadOnlySpan<byte> payload)
    {
        if (_random.Next(16) == 0)
        {
            var cut = _random.Next(payload.Length + 1);
            AddFrame(opcode, payload[..cut], final: false);
            opcode = 0;
            payload = payload[cut..];
        }

        AddFrame(opcode, payload, final: true);
    }

    private void AddFrame(int opcode, ReadOnlySpan<byte> payload, bool final)
    {
        var frame = _buffer.AsSpan(_length);
        frame[0] = (byte)((final ? 0x80 : 0) | opcode);
        var header = payload.Length <= 125 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        frame[1] = (byte)(0x80 | (header switch { 2 => payload.Length, 4 => 126, _ => 127 }));
        if (header == 4)
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
        else if (header == 10)
            BinaryPrimitives.WriteInt64BigEndian(frame[2..], payload.Length);

        var key = (uint)_random.NextInt64();
        MemoryMarshal.Write(frame[header..], key);
        var masked = frame.Slice(header + 4, payload.Length);
        payload.CopyTo(masked);
        var words = MemoryMarshal.Cast<byte, ulong>(masked);
        var wide = key | ((ulong)key << 32);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= wide;
        for (var i = words.Length * 8; i < masked.Length; i++)
            masked[i] ^= (byte)(key >> (8 * (i % 4)));
        _length += header + 4 + payload.Length;
    }

    private async Task FlushAsync(TimeSpan patience)
    {
        for (var sent = 0; sent < _length;)
            sent += await socket.SendAsync(_buffer.AsMemory(sent, _length - sent)).AsTask().WaitAsync(patience);
        _length = 0;
    }
}
