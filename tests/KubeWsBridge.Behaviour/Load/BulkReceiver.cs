using System.Buffers.Binary;
using System.Net.Sockets;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>Receives binary messages, compares their payloads with a bulk stream and keeps nothing.</summary>
internal sealed class BulkReceiver(Socket socket, BulkStream content, int readSize = 256 * 1024)
{
    private readonly byte[] _buffer = new byte[readSize + 16];
    private int _end;
    private int _inFrame;
    private bool _isData;
    private long _received;

    /// <summary>Payload bytes received so far.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>The code of the server's close frame; null while there was none.</summary>
    public int? CloseCode { get; private set; }

    /// <summary>Reads until this many payload bytes have come.</summary>
    public async Task ReceiveAsync(long total, TimeSpan patience, Func<Task>? afterRead = null)
    {
        while (_received < total)
        {
            Assert.True(await ReadAsync(patience), $"The connection ended after {_received} of {total} bytes, close code {CloseCode}.");
            if (afterRead is not null)
                await afterRead();
        }
    }

    /// <summary>Reads what there is, once; false at the end, also when it is a reset.</summary>
    public async Task<bool> ReadAsync(TimeSpan patience)
    {
        int count;
        try
        {
            count = await socket.ReceiveAsync(_buffer.AsMemory(_end, Math.Min(readSize, _buffer.Length - _end))).AsTask().WaitAsync(patience);
        }
        catch (SocketException)
        {
            return false;
        }

        _end += count;
        Parse();
        return count > 0;
    }

    private void Parse()
    {
        var rest = _buffer.AsSpan(0, _end);
        while (true)
        {
            if (_inFrame == 0 && !TryTakeHeader(ref rest))
                break;

            var count = Math.Min(_inFrame, rest.Length);
            if (_isData)
            {
                Assert.True(content.Matches(_received, rest[..count]), $"Other bytes came back somewhere after {_received}.");
                Volatile.Write(ref _received, _received + count);
            }

            rest = rest[count..];
            _inFrame -= count;
            if (_inFrame > 0)
                break;
        }

        rest.CopyTo(_buffer);
        _end = rest.Length;
    }

    // Control frames are waited for until they are whole.
    private bool TryTakeHeader(ref Span<byte> rest)
    {
        if (rest.Length < 2)
            return false;
        var length = rest[1] & 0x7F;
        var header = length switch { 126 => 4, 127 => 10, _ => 2 };
        var opcode = rest[0] & 0x0F;
        if (rest.Length < header + (opcode >= 8 ? length : 0))
            return false;

        _isData = opcode is 0 or 1 or 2;
        if (opcode == 8)
            CloseCode = length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) : 1005;
        _inFrame = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
            10 => (int)BinaryPrimitives.ReadInt64BigEndian(rest[2..]),
            _ => length,
        };
        rest = rest[header..];
        return true;
    }
}
