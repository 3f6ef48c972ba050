using System.Text;
using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Section 5.2: TCP does not keep the pieces together, so a frame may be cut anywhere.</summary>
internal static class Splits
{
    public static IEnumerable<ConformanceCase> Cases => [.. CutHeaders(), .. CutControl(), .. BytePieces()];

    // The ping and the first part come in one piece: with the pong the server has read both, so the cut is real and needs no pause.
    private static IEnumerable<ConformanceCase> CutHeaders()
    {
        (int Length, int Header)[] sizes = [(5, 6), (300, 8), (70_000, 14)];
        foreach (var (length, header) in sizes)
        {
            var frame = Binary(Bytes(length));
            for (var cut = 1; cut <= header; cut++)
            {
                var first = new Step([.. Ping([1]), .. frame[..cut]], Pongs: 1);
                yield return Echoes($"5.2-cut-{header}-{cut}", $"a header of {header} bytes cut after {cut}", Bytes(length), first, frame[cut..])
                    .WithPongs([[1]]);
            }
        }
    }

    private static IEnumerable<ConformanceCase> CutControl()
    {
        var frame = Ping(Bytes(125));
        foreach (var cut in new[] { 1, 2, 5, 6, 7, 130 })
        {
            yield return Echoes(
                $"5.2-cut-ping-{cut}", $"a ping cut after {cut} bytes", [], new Step([.. Ping([1]), .. frame[..cut]], Pongs: 1), frame[cut..])
                .WithPongs([[1], Bytes(125)]);
        }

        var close = Close(1000, "good bye"u8.ToArray());
        foreach (var cut in new[] { 1, 6, 7, 8, 15 })
        {
            yield return Closes(
                $"5.5.1-cut-{cut}", $"a close frame cut after {cut} bytes", 1000, new Step([.. Ping([1]), .. close[..cut]], Pongs: 1), close[cut..])
                .WithPongs([[1]]);
        }
    }

    private static IEnumerable<ConformanceCase> BytePieces()
    {
        byte[] text = Encoding.UTF8.GetBytes("Grüße, 世界, 🌍!");
        yield return Echoes("5.2-bytes-1", "a text in pieces of one byte", text, Step.OneByOne(Text(text)));
        yield return Echoes("5.2-bytes-2", "a 16-bit length in pieces of one byte", Bytes(126), Step.OneByOne(Binary(Bytes(126))));
        yield return Echoes("5.2-bytes-3", "fragments and a ping in pieces of one byte", text, Step.OneByOne(
            [.. Text(text[..9], final: false), .. Ping(Bytes(4)), .. More(text[9..], final: true)])).WithPongs([Bytes(4)]);

        var frame = Text(text);
        Step[] echoed = [new Step(frame[..6]), .. text.Select((_, i) => new Step([frame[6 + i]], Data: i + 1))];
        yield return Echoes("5.2-bytes-4", "each byte of a text comes back before the next is sent", text, echoed);
    }
}
