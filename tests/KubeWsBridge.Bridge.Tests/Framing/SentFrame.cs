using System.Buffers.Binary;
using System.Text;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.Framing;

/// <summary>A frame as the client sees it.</summary>
internal sealed record SentFrame(Opcode Opcode, bool Final, byte[] Payload)
{
    /// <summary>Takes bytes apart that hold whole frames.</summary>
    public static IEnumerable<SentFrame> Parse(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var (first, second) = (bytes[at], bytes[at + 1]);
            at += 2;
            var length = second switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at)),
                127 => (int)BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at)),
                _ => second,
            };
            at += second switch { 126 => 2, 127 => 8, _ => 0 };
            yield return new SentFrame((Opcode)(first & 0x0F), (first & 0x80) != 0, bytes[at..(at + length)]);
            at += length;
        }
    }

    /// <summary>Puts fragments together: what an application at the client would get, control frames in their place; a character is a byte.</summary>
    public static IEnumerable<(Opcode Type, string Payload)> Messages(IEnumerable<SentFrame> frames)
    {
        var (type, open) = (Opcode.Continuation, new List<byte>());
        foreach (var frame in frames)
        {
            if (frame.Opcode >= Opcode.Close)
            {
                yield return (frame.Opcode, Encoding.Latin1.GetString(frame.Payload));
                continue;
            }

            Assert.Equal(type == Opcode.Continuation, frame.Opcode != Opcode.Continuation);
            if (frame.Opcode != Opcode.Continuation)
                type = frame.Opcode;
            open.AddRange(frame.Payload);
            if (!frame.Final)
                continue;
            yield return (type, Encoding.Latin1.GetString([.. open]));
            (type, open) = (Opcode.Continuation, []);
        }
    }
}
