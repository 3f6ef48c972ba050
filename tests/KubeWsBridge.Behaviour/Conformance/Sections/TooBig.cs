using static KubeWsBridge.Behaviour.Conformance.ConformanceCase;
using static KubeWsBridge.Wire.ClientFrames;

namespace KubeWsBridge.Behaviour.Conformance.Sections;

/// <summary>Sections 7.4.1 and 10.4: the limit of --max-payload-size is exact and known from the header.</summary>
internal static class TooBig
{
    private const int Max = EchoBridge.MaxPayload;
    private static readonly byte[] Before = "before"u8.ToArray();

    public static IEnumerable<ConformanceCase> Cases =>
    [
        Fails("10.4-head", "one byte too many fails at the header", 1009, Text(Before), Head(2, Max + 1)).WithEcho(Before),
        Fails("10.4-text", "one byte of text too many fails at the header", 1009, Text(Before), Head(1, Max + 1)).WithEcho(Before),
        Fails("10.4-unmasked-part", "it fails before the mask has come", 1009, Head(2, Max + 1)[..10]),
        Fails("10.4-whole", "one byte too many, the whole frame", 1009, Text(Before), Binary(Bytes(Max + 1))).WithEcho(Before),
        Fails("10.4-4g", "4 GiB", 1009, Head(2, 1L << 32)),
        Fails("10.4-max", "2^63-1 bytes", 1009, Head(2, long.MaxValue)),
        Fails("10.4-sum-max", "a sum over fragments that would overflow", 1009, Binary(Before, false), Head(0, long.MaxValue)).WithEcho(Before),
        Echoes("10.4-halves", "two halves of the limit", Bytes(Max), Binary(Bytes(Max)[..(Max / 2)], false), More(Bytes(Max)[(Max / 2)..], true)),
        Fails("10.4-sum", "a second fragment of one byte too many fails at its header", 1009, Binary(Bytes(Max / 2), false), Head(0, (Max / 2) + 1))
            .WithEcho(Bytes(Max / 2)),
        Fails("10.4-one-more", "a whole limit, and a fragment of one byte", 1009, Binary(Bytes(Max), false), Head(0, 1)).WithEcho(Bytes(Max)),
        Echoes("10.4-none-more", "a whole limit, and an empty fragment", Bytes(Max), Binary(Bytes(Max), false), More([], true)),
        Echoes("10.4-twice", "the limit counts anew for each message", [.. Bytes(Max), .. Bytes(Max)], Binary(Bytes(Max)), Binary(Bytes(Max))),
        Echoes("10.4-ping", "control frames do not count", Bytes(Max), Binary(Bytes(Max - 1), false), Ping(Bytes(125)), More(Bytes(Max)[(Max - 1)..], true))
            .WithPongs([Bytes(125)]),
        Fails("10.4-sum-many", "many fragments add up", 1009,
            (byte[])[.. Binary(Bytes(65536), false), .. Enumerable.Range(0, 15).SelectMany(_ => More(Bytes(65536), false)), .. More([1], true)])
            .WithEcho([.. Enumerable.Range(0, 16).SelectMany(_ => Bytes(65536))]),
    ];
}
