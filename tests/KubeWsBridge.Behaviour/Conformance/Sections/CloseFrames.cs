using System.Text;
using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 5.5.1, the close frame.</summary>
internal static class CloseFrames
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    public static IEnumerable<ConformanceCase> Cases => [.. Payloads(), .. Reasons(), .. Behind()];

    private static IEnumerable<ConformanceCase> Payloads()
    {
        yield return Closes("5.5.1-0", "a close frame without a code is answered without one", 1005, Frame(8, []));
        yield return Fails("5.5.1-1", "half a close code", 1002, Frame(8, [3]));
        yield return Closes("5.5.1-2", "a close code without a reason", 1000, Close(1000));
        yield return Closes("5.5.1-3", "a reason of one byte", 1000, Close(1000, Letters(1)));
        yield return Closes("5.5.1-124", "a close frame of 124 bytes", 1000, Close(1000, Letters(122)));
        yield return Closes("5.5.1-125", "a close frame of 125 bytes", 1000, Close(1000, Letters(123)));
        yield return Closes("5.5.1-echo", "what came before the close frame is echoed before the answer", 1000, Text(Hello), Close(1000)).WithEcho(Hello);
        yield return Closes("5.5.1-echo-big", "a megabyte before the close frame is echoed before the answer", 3001,
            (byte[])[.. Binary(Bytes(EchoBridge.MaxPayload)), .. Close(3001)]).WithEcho(Bytes(EchoBridge.MaxPayload));
    }

    private static IEnumerable<ConformanceCase> Reasons()
    {
        yield return Closes("5.5.1-utf8-1", "a reason beyond ASCII", 1000, Close(1000, Encoding.UTF8.GetBytes("Auf Wiedersehen, schön war’s 🌍")));
        yield return Closes("5.5.1-utf8-2", "a reason of 123 bytes that ends with a character of four", 1000,
            Close(1000, [.. Letters(119), 0xF0, 0x9F, 0x8C, 0x8D]));
        byte[][] wrong = [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x61, 0x80], [0x61, 0xE2, 0x82], [0xF0, 0x9F, 0x8C]];
        foreach (var reason in wrong)
        {
            yield return Fails(
                $"5.5.1-bad-{Convert.ToHexString(reason)}", $"the reason {Convert.ToHexString(reason)} is not UTF-8", 1007, Text(Hello), Close(1000, reason))
                .WithEcho(Hello);
        }
    }

    private static IEnumerable<ConformanceCase> Behind()
    {
        (string Name, byte[] Bytes)[] behind =
        [
            ("a text", Text(Hello)), ("a ping", Ping(Hello)), ("a second close frame", Close(1001)), ("a continuation", More(Hello, true)),
            ("a reserved opcode", Frame(3, Hello)), ("an unmasked frame", Frame(1, Hello, mask: null)), ("bytes that are no frame", [0xFF, 0xFF, 0xFF]),
            ("half a header", [0x81]), ("64 KiB", Binary(Bytes(65536))), ("a megabyte", Binary(Bytes(EchoBridge.MaxPayload))),
        ];
        for (var i = 0; i < behind.Length; i++)
        {
            yield return Closes(
                $"5.5.1-behind-{i + 1}", $"{behind[i].Name} behind the close frame is ignored", 1000,
                (byte[])[.. Text(Hello), .. Close(1000), .. behind[i].Bytes]).WithEcho(Hello);
        }
    }
}
