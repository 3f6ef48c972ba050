using System.Buffers.Binary;

namespace KubeWsBridge.Behaviour.Malformed;

/// <summary>A second, plain reading of RFC 6455: what a server must answer to a client's bytes. Shares no code with the program.</summary>
public sealed class ExpectedClose
{
    private readonly byte[] _bytes;
    private readonly long _limit;
    private int _at;
    private bool _insideMessage;
    private bool _isText;
    private long _size;
    private List<byte> _text = [];

    private ExpectedClose(byte[] bytes, long limit) => (_bytes, _limit) = (bytes, limit);

    /// <summary>The code of the server's close frame, 1005 for an empty one; null as long as the client may go on.</summary>
    public static int? Of(byte[] bytes, long limit)
    {
        var reading = new ExpectedClose(bytes, limit);
        while (true)
        {
            var (code, more) = reading.ReadFrame();
            if (code is not null || !more)
                return code;
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
        if (length == 126 && (length = BinaryPrimitives.ReadUInt16BigEndian(left[2..])) < 126)
            return (1002, false);
        if (length == 127 && (length = BinaryPrimitives.ReadInt64BigEndian(left[2..])) < 65536)
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
        return opcode >= 8 ? (whole && opcode == 8 ? CloseOf(payload) : null, whole) : (DataOf(opcode, payload, final && whole, length), whole);
    }

    private int? DataOf(int opcode, byte[] payload, bool ends, long length)
    {
        if (opcode != 0)
            (_insideMessage, _isText, _size, _text) = (true, opcode == 1, 0, []);
        _size += length;
        _text.AddRange(payload);
        var unsound = _isText && Utf8Fault(_text, ends);
        if (ends)
            (_insideMessage, _size) = (false, 0);
        return unsound ? 1007 : null;
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
        return Utf8Fault(payload[2..], ends: true) ? 1007 : code;
    }

    /// <summary>By the definition: decode each sequence to a number and ask whether that number needs it.</summary>
    private static bool Utf8Fault(IReadOnlyList<byte> text, bool ends)
    {
        for (var i = 0; i < text.Count;)
        {
            var lead = text[i++];
            var more = lead switch { < 0x80 => 0, >= 0xC2 and < 0xE0 => 1, >= 0xE0 and < 0xF0 => 2, >= 0xF0 and < 0xF5 => 3, _ => -1 };
            if (more < 0)
                return true;
            var number = lead & (0x3F >> more);
            for (var seen = 0; seen < more; seen++, i++)
            {
                var known = i < text.Count;
                if (known && (text[i] & 0xC0) != 0x80)
                    return true;
                if (!known)
                    return ends;
                var rest = (more - seen - 1) * 6;
                number = (number << 6) | (text[i] & 0x3F);
                var (low, high) = (number << rest, (number << rest) | ((1 << rest) - 1)); // what can still come out
                if (high < more switch { 1 => 0x80, 2 => 0x800, _ => 0x10000 } || low > 0x10FFFF || (low >= 0xD800 && high <= 0xDFFF))
                    return true;
            }
        }

        return false;
    }
}
