using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 5.2, the first byte.</summary>
internal static class Headers
{
    private static readonly byte[] Before = "before"u8.ToArray();

    public static IEnumerable<ConformanceCase> Cases => [.. ReservedBits(), .. ReservedOpcodes()];

    private static IEnumerable<ConformanceCase> ReservedBits()
    {
        for (var bits = 1; bits <= 7; bits++)
        {
            yield return Fails(
                $"5.2-rsv-text-{bits}", $"reserved bits {bits} on a text", 1002, Text("before"), Frame(1, Letters(5), reserved: bits)).WithEcho(Before);
        }

        (int Opcode, string Kind)[] kinds = [(2, "a binary message"), (8, "a close frame"), (9, "a ping"), (10, "a pong")];
        foreach (var (opcode, kind) in kinds)
        {
            byte[] payload = opcode == 8 ? [3, 232] : Bytes(5);
            yield return Fails($"5.2-rsv-{opcode}", $"a reserved bit on {kind}", 1002, Text("before"), Frame(opcode, payload, reserved: 4)).WithEcho(Before);
        }

        yield return Fails("5.2-rsv-0", "a reserved bit on a continuation", 1002, Text(Before, final: false), Frame(0, Letters(5), reserved: 1)).WithEcho(Before);
        yield return Fails("5.2-rsv-head", "a reserved bit fails before the frame is whole", 1002, new byte[] { 0xC1 });
    }

    private static IEnumerable<ConformanceCase> ReservedOpcodes()
    {
        int[] reserved = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
        foreach (var opcode in reserved)
        {
            yield return Fails($"5.2-opcode-{opcode}-empty", $"opcode {opcode}, empty", 1002, Frame(opcode, []));
            yield return Fails(
                $"5.2-opcode-{opcode}-after", $"opcode {opcode} between two messages", 1002,
                (byte[])[.. Text("before"), .. Frame(opcode, Letters(5)), .. Text("after")]).WithEcho(Before);
            yield return Fails(
                $"5.2-opcode-{opcode}-inside", $"opcode {opcode} inside a message", 1002,
                Text(Before, final: false), Frame(opcode, Letters(5)), More(Before, final: true)).WithEcho(Before);
        }

        yield return Fails("5.2-opcode-head", "a reserved opcode fails before the frame is whole", 1002, new byte[] { 0x83 });
        yield return Fails("5.2-opcode-part", "a reserved opcode without FIN", 1002, Frame(4, Letters(5), final: false));
    }
}
