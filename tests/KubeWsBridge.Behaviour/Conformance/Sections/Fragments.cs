using System.Text;
using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 5.4, fragmentation.</summary>
internal static class Fragments
{
    private static readonly byte[] One = "one"u8.ToArray();
    private static readonly byte[] Two = "two"u8.ToArray();
    private static readonly byte[] Both = "onetwo"u8.ToArray();

    public static IEnumerable<ConformanceCase> Cases => [.. Counts(), .. Empty(), .. Text8(), .. Between(), .. Wrong()];

    private static IEnumerable<ConformanceCase> Counts()
    {
        foreach (var count in new[] { 2, 3, 4, 10, 100, 1000 })
        {
            yield return Echoes($"5.4-text-{count}", $"a text in {count} fragments", Letters(count * 3), Cut(1, Letters(count * 3), 3));
            yield return Echoes($"5.4-binary-{count}", $"a binary message in {count} fragments", Bytes(count * 3), Cut(2, Bytes(count * 3), 3));
        }

        yield return Echoes("5.4-big", "fragments of 65536 bytes", Bytes(262144), Cut(2, Bytes(262144), 65536));
        yield return Echoes(
            "5.4-two", "two fragmented messages after each other", [.. Both, .. Both],
            (byte[])[.. Text(One, false), .. More(Two, true), .. Binary(One, false), .. More(Two, true)]);
        yield return Echoes(
            "5.4-segments", "fragments in segments of their own", Both, new Step(Text(One, false), Data: 3), More(Two, true));
    }

    private static IEnumerable<ConformanceCase> Empty()
    {
        yield return Echoes("5.4-empty-1", "an empty first fragment", One, Text([], false), More(One, true));
        yield return Echoes("5.4-empty-2", "an empty last fragment", One, Text(One, false), More([], true));
        yield return Echoes("5.4-empty-3", "an empty fragment between", Both, Text(One, false), More([], false), More(Two, true));
        yield return Echoes("5.4-empty-4", "only empty fragments", [], Binary([], false), More([], false), More([], true));
        yield return Echoes(
            "5.4-empty-5", "a message after one of only empty fragments", One, (byte[])[.. Text([], false), .. More([], true), .. Text(One)]);
    }

    private static IEnumerable<ConformanceCase> Text8()
    {
        var text = Encoding.UTF8.GetBytes("é世🌍");
        for (var cut = 1; cut < text.Length; cut++)
        {
            yield return Echoes(
                $"5.4-utf8-{cut}", $"a text of é世🌍 cut after byte {cut}", text, Text(text[..cut], false), More(text[cut..], true));
        }

        yield return Echoes("5.4-utf8-bytes", "a text of é世🌍 in fragments of one byte", text, Cut(1, text, 1));
        yield return Echoes(
            "5.4-utf8-ping", "a ping between two bytes of a character", text,
            (byte[])[.. Text(text[..7], false), .. Ping(One), .. More([], false), .. More(text[7..], true)]).WithPongs([One]);
    }

    private static IEnumerable<ConformanceCase> Between()
    {
        yield return Echoes("5.4-ping-1", "a ping between fragments is answered before the message ends", Both,
            Text(One, false), new Step(Ping(Bytes(8)), Data: 3, Pongs: 1), More(Two, true)).WithPongs([Bytes(8)]);
        yield return Echoes("5.4-ping-2", "pings between all of ten fragments, in one segment", Letters(10),
            (byte[])[.. Enumerable.Range(0, 10).SelectMany(i => (byte[])[.. Frame(i == 0 ? 1 : 0, [Letters(10)[i]], final: i == 9), .. Ping([(byte)i])])])
            .WithPongs([.. Enumerable.Range(0, 10).Select(i => new[] { (byte)i })]);
        yield return Echoes("5.4-pong", "a pong between fragments", Both, Text(One, false), Pong(One), More(Two, true));
        yield return Closes("5.4-close", "a close frame between fragments ends the message", 1000, Text(One, false), Close(1000)).WithEcho(One);
    }

    private static IEnumerable<ConformanceCase> Wrong()
    {
        yield return Fails("5.4-nothing-1", "a continuation of nothing", 1002, More(One, true));
        yield return Fails("5.4-nothing-2", "a continuation of nothing that is not the last", 1002, More(One, false), More(Two, true));
        yield return Fails("5.4-nothing-3", "a continuation after a whole message", 1002, Text(One), More(Two, true)).WithEcho(One);
        yield return Fails("5.4-nothing-4", "a continuation after the last fragment", 1002,
            (byte[])[.. Text(One, false), .. More(Two, true), .. More(One, true)]).WithEcho(Both);
        yield return Fails("5.4-nothing-5", "an empty continuation of nothing", 1002, More([], true));
        yield return Fails("5.4-nothing-6", "a continuation of nothing after a ping", 1002, Ping(One), More(Two, false)).WithPongs([One]);
        yield return Fails("5.4-inside-1", "a text inside a text", 1002, Text(One, false), Text(Two)).WithEcho(One);
        yield return Fails("5.4-inside-2", "a binary message inside a text", 1002, Text(One, false), Binary(Two)).WithEcho(One);
        yield return Fails("5.4-inside-3", "a text inside a binary message", 1002, Binary(One, false), Text(Two)).WithEcho(One);
        yield return Fails("5.4-inside-4", "two first fragments", 1002, Binary(One, false), Binary(Two, false)).WithEcho(One);
        yield return Fails("5.4-inside-5", "a message inside one whose fragments are empty", 1002, Binary([], false), Binary(Two));
        yield return Fails("5.4-control-8", "a close frame in fragments", 1002, Frame(8, [3, 232], final: false));
        yield return Fails("5.4-control-9", "a ping in fragments", 1002, Frame(9, One, final: false), More(Two, true));
        yield return Fails("5.4-control-9-inside", "a ping in fragments inside a message", 1002, Text(One, false), Frame(9, One, final: false)).WithEcho(One);
        yield return Fails("5.4-control-10", "a pong in fragments", 1002, Frame(10, One, final: false), More(Two, true));
    }

    /// <summary>A message in fragments of this size, in one segment.</summary>
    private static byte[] Cut(int opcode, byte[] payload, int size) =>
        [.. Enumerable.Range(0, payload.Length / size).SelectMany(i =>
            Frame(i == 0 ? opcode : 0, payload[(i * size)..((i + 1) * size)], final: (i + 1) * size == payload.Length))];
}
