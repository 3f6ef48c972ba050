using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Wire;

/// <summary>Writes a client's frames, right and wrong ones, always with the same mask.</summary>
public static class ClientFrames
{
    /// <summary>The mask of the examples in RFC 6455 section 5.7.</summary>
    public const uint ExampleMask = 0x37FA213D;

    /// <summary>A text message.</summary>
    public static byte[] Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>A text message of these bytes.</summary>
    public static byte[] Text(byte[] payload, bool final = true) => Frame(1, payload, final);

    /// <summary>A binary message.</summary>
    public static byte[] Binary(byte[] payload, bool final = true) => Frame(2, payload, final);

    /// <summary>A continuation frame.</summary>
    public static byte[] More(byte[] payload, bool final) => Frame(0, payload, final);

    /// <summary>A ping.</summary>
    public static byte[] Ping(byte[] payload) => Frame(9, payload);

    /// <summary>A pong.</summary>
    public static byte[] Pong(byte[] payload) => Frame(10, payload);

    /// <summary>A close frame.</summary>
    public static byte[] Close(int code, byte[]? reason = null) => Frame(8, [(byte)(code >> 8), (byte)code, .. reason ?? []]);

    /// <summary>A frame.</summary>
    public static byte[] Frame(
        int opcode, byte[] payload, bool final = true, int reserved = 0, uint? mask = ExampleMask, LengthForm form = LengthForm.Shortest)
    {
        var frame = Head(opcode, payload.Length, final, reserved, mask, form);
        var start = frame.Length;
        Array.Resize(ref frame, start + payload.Length);
        for (var i = 0; i < payload.Length; i++)
            frame[start + i] = (byte)(payload[i] ^ ((mask ?? 0) >> (24 - (i % 4 * 8))));
        return frame;
    }

    /// <summary>A frame's header with the mask, whatever follows.</summary>
    public static byte[] Head(
        int opcode, long length, bool final = true, int reserved = 0, uint? mask = ExampleMask, LengthForm form = LengthForm.Shortest)
    {
        if (form == LengthForm.Shortest)
            form = length <= 125 ? LengthForm.Bits7 : length <= 65535 ? LengthForm.Bits16 : LengthForm.Bits64;
        var extended = new byte[form switch { LengthForm.Bits16 => 2, LengthForm.Bits64 => 8, _ => 0 }];
        if (form == LengthForm.Bits16)
            BinaryPrimitives.WriteUInt16BigEndian(extended, (ushort)length);
        else if (form == LengthForm.Bits64)
            BinaryPrimitives.WriteInt64BigEndian(extended, length);

        var first = (byte)((final ? 0x80 : 0) | (reserved << 4) | opcode);
        var second = (byte)((mask is null ? 0 : 0x80) | form switch { LengthForm.Bits16 => 126, LengthForm.Bits64 => 127, _ => (int)length });
        var key = new byte[mask is null ? 0 : 4];
        if (mask is { } value)
            BinaryPrimitives.WriteUInt32BigEndian(key, value);
        return [first, second, .. extended, .. key];
    }

    /// <summary>Bytes that differ from their neighbours, so that lost and swapped ones show.</summary>
    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
            bytes[i] = (byte)((i * 31) + (i >> 8));
        return bytes;
    }

    /// <summary>The same as ASCII letters, for text.</summary>
    public static byte[] Letters(int count)
    {
        var bytes = Bytes(count);
        for (var i = 0; i < count; i++)
            bytes[i] = (byte)('a' + (bytes[i] % 26));
        return bytes;
    }
}
