using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Sections 5.1 and 5.3, masking.</summary>
internal static class Masks
{
    private static readonly byte[] Before = "before"u8.ToArray();

    public static IEnumerable<ConformanceCase> Cases => [.. Unmasked(), .. Keys(), .. Phases()];

    private static IEnumerable<ConformanceCase> Unmasked()
    {
        (int Opcode, string Kind, byte[] Payload)[] frames =
        [
            (1, "text", Letters(5)), (1, "empty text", []), (1, "text of 126 bytes", Letters(126)), (1, "text of 65536 bytes", Letters(65536)),
            (2, "binary message", Bytes(5)), (2, "empty binary message", []), (9, "ping", Bytes(4)), (9, "empty ping", []), (10, "pong", Bytes(4)),
            (8, "close frame", [3, 232]), (8, "empty close frame", []),
        ];
        foreach (var (opcode, kind, payload) in frames)
        {
            yield return Fails(
                $"5.1-{opcode}-{payload.Length}", $"an unmasked {kind}", 1002, Text("before"), Frame(opcode, payload, mask: null)).WithEcho(Before);
        }

        yield return Fails("5.1-0", "an unmasked continuation", 1002, Text(Before, final: false), Frame(0, Letters(5), mask: null)).WithEcho(Before);
        yield return Fails("5.1-head", "a missing mask bit fails before the length is whole", 1002, new byte[] { 0x82, 0x7F });
    }

    private static IEnumerable<ConformanceCase> Keys()
    {
        uint[] keys = [0, 1, 0x80000000, 0xFFFFFFFF, 0x00FF00FF, 0x01020304];
        foreach (var key in keys)
            yield return Echoes($"5.3-key-{key:X8}", $"the mask {key:X8}", Bytes(1000), Frame(2, Bytes(1000), mask: key));

        byte[] each = [.. keys.SelectMany(key => Frame(2, Bytes(7), mask: key))];
        yield return Echoes("5.3-keys", "another mask for each message", [.. keys.SelectMany(_ => Bytes(7))], each);
        yield return Echoes(
            "5.3-fragments", "another mask for each fragment, and for the ping between", Bytes(21),
            (byte[])[
                .. Frame(2, Bytes(21)[..7], final: false, mask: 0x01020304), .. Frame(9, Bytes(3), mask: 0xA0B0C0D0),
                .. Frame(0, Bytes(21)[7..12], final: false, mask: 0xFFFEFDFC), .. Frame(0, Bytes(21)[12..], mask: 0)]).WithPongs([Bytes(3)]);
    }

    private static IEnumerable<ConformanceCase> Phases()
    {
        for (var length = 1; length <= 17; length++)
            yield return Echoes($"5.3-length-{length}", $"{length} bytes use the mask's bytes in turn", Bytes(length), Frame(2, Bytes(length), mask: 0x01020408));

        // The echo of the first part says that it was read alone: the rest begins in the middle of the mask.
        var frame = Frame(2, Bytes(40), mask: 0x01020408);
        foreach (var cut in new[] { 1, 2, 3, 4, 5, 6, 7, 31 })
        {
            yield return Echoes(
                $"5.3-phase-{cut}", $"the mask goes on after a cut behind {cut} bytes of payload", Bytes(40), new Step(frame[..(6 + cut)], Data: cut), frame[(6 + cut)..]);
        }
    }
}
