using System.Buffers.Binary;
using System.Net.Sockets;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>Receives the messages of a sequence and compares types, boundaries and every byte.</summary>
internal sealed class MessageChecker(Socket socket, int seed)
{
    private readonly MessageSequence _messages = new(seed);
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private int _start;
    private int _end;
    private bool _isText;
    private ReadOnlyMemory<byte> _expected;
    private bool _inside;

    /// <summary>How many whole messages came.</summary>
    public int Checked { get; private set; }

    /// <summary>Receives so many messages.</summary>
    public async Task ReceiveAsync(int count, TimeSpan patience)
    {
        while (Checked < count)
        {
            var header = await HeaderAsync(patience);
            var (first, length) = ReadHeader(header);
            _start += header;
            Begin(first & 0x0F);
            while (true)
            {
                var piece = (int)Math.Min(length, _end - _start);
                Compare(piece);
                length -= piece;
                if (length == 0)
                    break;
                await FillAsync(patience);
            }

            if ((first & 0x80) != 0)
                Finish();
        }
    }

    private async Task<int> HeaderAsync(TimeSpan patience)
    {
        while (_end - _start < 2)
            await FillAsync(patience);
        var header = _buffer[_start + 1] switch { 126 => 4, 127 => 10, _ => 2 };
        while (_end - _start < header)
            await FillAsync(patience);
        return header;
    }

    private (int First, long Length) ReadHeader(int header) => (_buffer[_start], header switch
    {
        4 => BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start + 2)),
        10 => BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(_start + 2)),
        _ => _buffer[_start + 1],
    });

    private void Begin(int opcode)
    {
        if (!_inside)
            (_isText, _expected) = _messages.Next();
        if (opcode != (_inside ? 0 : _isText ? 1 : 2))
            throw new InvalidOperationException($"Message {Checked}: opcode {opcode} where {(_inside ? "a continuation" : _isText ? "text" : "binary")} should be.");
        _inside = true;
    }

    private void Compare(int length)
    {
        if (length > _expected.Length || !_buffer.AsSpan(_start, length).SequenceEqual(_expected.Span[..length]))
            throw new InvalidOperationException($"Message {Checked} is another, {_expected.Length} bytes before its end.");
        _expected = _expected[length..];
        _start += length;
    }

    private void Finish()
    {
        if (_expected.Length > 0)
            throw new InvalidOperationException($"Message {Checked} lacks {_expected.Length} bytes.");
        _inside = false;
        Checked++;
    }

    private async Task FillAsync(TimeSpan patience)
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var count = await socket.ReceiveAsync(_buffer.AsMemory(_end)).AsTask().WaitAsync(patience);
        if (count == 0)
            throw new EndOfStreamException($"The connection ended after {Checked} messages.");
        _end += count;
    }
}
