using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Sections 5.5, 5.5.2 and 5.5.3: ping and pong.</summary>
internal static class ControlFrames
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    public static IEnumerable<ConformanceCase> Cases => [.. Pings(), .. Pongs(), .. TooLong()];

    private static IEnumerable<ConformanceCase> Pings()
    {
        foreach (var length in new[] { 0, 1, 8, 124, 125 })
            yield return Echoes($"5.5.2-{length}", $"a ping of {length} bytes", [], Ping(Bytes(length))).WithPongs([Bytes(length)]);

        byte[][] ten = [.. Enumerable.Range(0, 10).Select(i => Bytes(i * 12))];
        yield return Echoes("5.5.2-ten", "ten pings in one segment are answered in order", [], (byte[])[.. ten.SelectMany(Ping)]).WithPongs(ten);
        yield return Echoes("5.5.2-each", "ten pings, each after the pong before", [], [.. ten.Select((p, i) => new Step(Ping(p), Pongs: i + 1))])
            .WithPongs(ten);
        yield return Echoes("5.5.2-bytes", "a ping need not be text", [], Ping([0xFF, 0xFE, 0x80])).WithPongs([[0xFF, 0xFE, 0x80]]);
        yield return Echoes(
            "5.5.2-between", "pings between messages", [.. Hello, .. Hello],
            (byte[])[.. Ping([1]), .. Text(Hello), .. Ping([2]), .. Binary(Hello), .. Ping([3])]).WithPongs([[1], [2], [3]]);
        yield return Echoes(
            "5.5.2-hundred", "a hundred pings between a hundred messages", Letters(100),
            (byte[])[.. Enumerable.Range(0, 100).SelectMany(i => (byte[])[.. Ping([(byte)i]), .. Text([Letters(100)[i]])])])
            .WithPongs([.. Enumerable.Range(0, 100).Select(i => new[] { (byte)i })]);
        yield return Closes("5.5.2-close", "a ping before the close frame is answered, one behind it is not", 1000,
            (byte[])[.. Ping([1]), .. Close(1000), .. Ping([2])]).WithPongs([[1]]);
    }

    private static IEnumerable<ConformanceCase> Pongs()
    {
        foreach (var length in new[] { 0, 1, 125 })
            yield return Echoes($"5.5.3-{length}", $"a pong of {length} bytes that nobody asked for", Hello, Pong(Bytes(length)), Text(Hello));
        yield return Echoes("5.5.3-ten", "ten pongs that nobody asked for", Hello, (byte[])[.. Enumerable.Range(0, 10).SelectMany(_ => Pong([7])), .. Text(Hello)]);
        yield return Echoes("5.5.3-ping", "a pong does not stand for the answer to a ping", [], Pong([1]), Ping([2])).WithPongs([[2]]);
    }

    private static IEnumerable<ConformanceCase> TooLong()
    {
        (int Opcode, string Kind)[] kinds = [(8, "close frame"), (9, "ping"), (10, "pong")];
        foreach (var (opcode, kind) in kinds)
        {
            foreach (var length in new[] { 126, 65536 })
            {
                byte[] payload = [3, 232, .. Letters(length - 2)];
                yield return Fails($"5.5-{opcode}-{length}", $"a {kind} of {length} bytes", 1002, Text(Hello), Frame(opcode, payload)).WithEcho(Hello);
            }

            yield return Fails($"5.5-{opcode}-form", $"a {kind} whose short length is written in 16 bits", 1002, Frame(opcode, [3, 232], form: LengthForm.Bits16));
            yield return Fails($"5.5-{opcode}-head", $"a {kind} too long fails at its second byte", 1002, new byte[] { (byte)(0x80 | opcode), 0xFE });
        }
    }
}
