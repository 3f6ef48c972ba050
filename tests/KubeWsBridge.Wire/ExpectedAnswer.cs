using System.Buffers.Binary;

namespace KubeWsBridge.Wire;

/// <summary>A second, plain reading of RFC 6455: what a server must make of a client's bytes. Shares no code with the program.</summary>
public sealed class ExpectedAnswer
{
    private readonly byte[] _bytes;
    private readonly long _limit;
    private readonly List<byte[]> _pongs = [];
    private readonly ExpectedText _text = new();
    private readonly MemoryStream _data = new();
    private int _at;
    private bool _insideMessage;
    private bool _isText;
    private long _size;

    private ExpectedAnswer(byte[] bytes, long limit) => (_bytes, _limit) = (bytes, limit);

    /// <summary>The code of the server's close frame, 1005 for an empty one; null as long as the client may go on.</summary>
    public int? CloseCode { get; private set; }

    /// <summary>The payloads of all data, in order, up to the fault if there is one.</summary>
    public byte[] Data { get; private set; } = [];

    /// <summary>
    /// The beginning of a character that turns out to be none. Any first part of it may count as data before the fault, as the bytes were cut on
    /// their way.
    /// </summary>
    public byte[] Doubtful { get; private set; } = [];

    /// <summary>The payloads of the pongs, in order.</summary>
    public IReadOnlyList<byte[]> Pongs => _pongs;

    /// <summary>There are bytes behind the frame that ends the connection.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>Reads the bytes that follow the handshake.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="limit">Most payload bytes of one message.</param>
    public static ExpectedAnswer To(byte[] bytes, long limit)
    {
        var answer = new ExpectedAnswer(bytes, limit);
        while (true)
        {
            var (code, more) = answer.ReadFrame();
            if (code is null && more)
                continue;
            answer.CloseCode = code;
            answer.GoesOn = code is not null && answer._at < bytes.Length;
            var isTextAtFault = code == 1007 && answer._text.IsFaulty;
            answer.Doubtful = isTextAtFault ? answer._text.Open : [];
            answer.Data = isTextAtFault ? answer._data.ToArray() : [.. answer._data.ToArray(), .. answer._text.Open];
            return answer;
        }
    }

    private (int? Code, bool More) ReadFrame()
    {
        var left = _bytes.AsSpan(_at);
        if (left.Length < 1)
            return (null, false);
        var (final, opcode) = ((left[0] & 0x80) != 0, left[0] & 0x0F);
        if ((left[0] & 0x70) != 0 || opcode is (> 2 and < 8) or > 10 || (opcode >= 8 && !final))
            return (1002, false);
        if ((opcode == 0 && !_insideMessage) || (opcode is 1 or 2 && _insideMessage))
            return (1002, false);
        if (left.Length < 2)
            return (null, false);
        long length = left[1] & 0x7F;
        if ((left[1] & 0x80) == 0 || (opcode >= 8 && length > 125))
            return (1002, false);

        var header = 2 + length switch { 126 => 2, 127 => 8, _ => 0 };
        if (left.Length < header)
            return (null, false);
        if (header == 4 && (length = BinaryPrimitives.ReadUInt16BigEndian(left[2..])) < 126)
            return (1002, false);
        if (header == 10 && (length = BinaryPrimitives.ReadInt64BigEndian(left[2..])) < 65536)
            return (1002, false);
        if (opcode < 8 && length > _limit - _size)
            return (1009, false);
        header += 4;
        if (left.Length < header)
            return (null, false);

        var payload = left[header..(int)Math.Min(header + length, left.Length)].ToArray();
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= left[header - 4 + (i % 4)];
        var whole = payload.Length == length;
        _at += header + payload.Length;
        return opcode >= 8 ? (whole ? ControlOf(opcode, payload) : null, whole) : (DataOf(opcode, payload, final && whole, length), whole);
    }

    private int? ControlOf(int opcode, byte[] payload)
    {
        if (opcode == 9)
            _pongs.Add(payload);
        return opcode == 8 ? CloseOf(payload) : null;
    }

    private int? DataOf(int opcode, byte[] payload, bool ends, long length)
    {
        if (opcode != 0)
            (_insideMessage, _isText, _size) = (true, opcode == 1, 0);
        _size += length;
        if (ends)
            (_insideMessage, _size) = (false, 0);
        if (!_isText)
        {
            _data.Write(payload);
            return null;
        }

        var isSound = _text.Append(payload, ends);
        _data.Write(_text.Sound);
        return isSound ? null : 1007;
    }

    private static int CloseOf(byte[] payload)
    {
        if (payload.Length == 0)
            return 1005;
        if (payload.Length == 1)
            return 1002;
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (code is < 1000 or 1004 or 1005 or 1006 or (> 1014 and < 3000) or > 4999)
            return 1002;
        return new ExpectedText().Append(payload[2..], ends: true) ? code : 1007;
    }
}
