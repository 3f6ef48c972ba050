using System.Buffers.Binary;
using System.Text;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>Builds the frames a client sends, the wrong ones too.</summary>
internal static class ClientFrame
{
    public static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Text(string payload, bool final = true) => Build(1, Encoding.UTF8.GetBytes(payload), final);

    public static byte[] Binary(byte[] payload, bool final = true) => Build(2, payload, final);

    public static byte[] Continuation(byte[] payload, bool final = true) => Build(0, payload, final);

    public static byte[] Ping(string payload = "", bool final = true) => Build(9, Encoding.UTF8.GetBytes(payload), final);

    public static byte[] Close(int code, string reason = "")
    {
        var text = Encoding.UTF8.GetBytes(reason);
        return Build(8, [(byte)(code >> 8), (byte)code, .. text]);
    }

    public static byte[] Build(int opcode, byte[] payload, bool final = true, int reserved = 0, byte[]? key = null)
    {
        key ??= Key;
        var masked = payload.Select((value, i) => (byte)(value ^ key[i & 3]));
        return [.. Header(opcode, final, reserved, payload.Length), .. key, .. masked];
    }

    /// <summary>A header up to the mask; <paramref name="width"/> is 0, 2 or 8 extended bytes, by default as few as are needed.</summary>
    public static byte[] Header(int opcode, bool final, int reserved, ulong length, int? width = null, bool mask = true)
    {
        width ??= length switch { <= 125 => 0, <= 65535 => 2, _ => 8 };
        var first = (byte)((final ? 0x80 : 0) | reserved << 4 | opcode);
        var extended = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(extended, length);
        var seven = width switch { 2 => 126, 8 => 127, _ => (int)length };
        return [first, (byte)((mask ? 0x80 : 0) | seven), .. extended[^width.Value..]];
    }

    private static byte[] Header(int opcode, bool final, int reserved, int length) => Header(opcode, final, reserved, (ulong)length);
}
