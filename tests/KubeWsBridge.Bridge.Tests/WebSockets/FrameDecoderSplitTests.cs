using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>However the network cuts the bytes, the events are the same.</summary>
public class FrameDecoderSplitTests
{
    private const int Limit = 400;

    public static TheoryData<string, byte[]> Streams { get; } = new()
    {
        { "text", ClientFrame.Text("Hello, Grüße, 世界, 😀") },
        { "empty text", ClientFrame.Text("") },
        { "16-bit length", ClientFrame.Binary([.. Enumerable.Range(0, 300).Select(i => (byte)i)]) },
        { "two messages", [.. ClientFrame.Text("one"), .. ClientFrame.Binary([2, 2])] },
        {
            "fragments cut inside a character",
            [
                .. ClientFrame.Build(1, [0xF0, 0x9F], final: false),
                .. ClientFrame.Build(0, [0x98], final: false),
                .. ClientFrame.Build(0, [0x80]),
            ]
        },
        {
            "empty fragments",
            [
                .. ClientFrame.Text("", final: false),
                .. ClientFrame.Continuation([], final: false),
                .. ClientFrame.Continuation("x"u8.ToArray()),
            ]
        },
        {
            "controls between fragments",
            [
                .. ClientFrame.Text("a", final: false),
                .. ClientFrame.Ping("ping"),
                .. ClientFrame.Build(10, []),
                .. ClientFrame.Continuation("b"u8.ToArray()),
            ]
        },
        { "close", [.. ClientFrame.Text("bye"), .. ClientFrame.Close(1000, "Tschüß"), .. ClientFrame.Text("late")] },
        { "empty close", ClientFrame.Build(8, []) },
        { "half a code", ClientFrame.Build(8, [3]) },
        { "bad code", ClientFrame.Close(1005) },
        { "bad reason", ClientFrame.Build(8, [0x03, 0xE8, 0xC0]) },
        { "reserved bits", [.. ClientFrame.Text("a"), .. ClientFrame.Build(1, [1], reserved: 4)] },
        { "reserved opcode", [.. ClientFrame.Text("a"), .. ClientFrame.Build(3, [1])] },
        { "unmasked", [.. ClientFrame.Text("a"), 0x81, 0x01, 0x61] },
        { "fragmented ping", ClientFrame.Ping("x", final: false) },
        { "long ping", ClientFrame.Build(9, new byte[126]) },
        { "continuation of nothing", ClientFrame.Continuation([1]) },
        { "interrupted message", [.. ClientFrame.Text("a", final: false), .. ClientFrame.Text("b")] },
        { "non-minimal 16", [.. ClientFrame.Header(2, true, 0, 5, width: 2), .. new byte[9]] },
        { "non-minimal 64", [.. ClientFrame.Header(2, true, 0, 200, width: 8), .. new byte[204]] },
        { "top bit", [.. ClientFrame.Header(2, true, 0, 1UL << 63, width: 8), .. new byte[9]] },
        { "too big", ClientFrame.Binary(new byte[Limit + 1]) },
        { "too big together", [.. ClientFrame.Binary(new byte[Limit - 1], final: false), .. ClientFrame.Continuation(new byte[2])] },
        { "text not UTF-8", ClientFrame.Build(1, [.. "abc"u8, 0xED, 0xA0, 0x80, .. "def"u8]) },
        { "text not UTF-8 at first", ClientFrame.Build(1, [0xFF, .. "def"u8]) },
        {
            "text not UTF-8 in a fragment",
            [
                .. ClientFrame.Build(1, [0xE2], final: false),
                .. ClientFrame.Ping(),
                .. ClientFrame.Build(0, [0x82, 0x28]),
            ]
        },
        { "text cut", ClientFrame.Build(1, [.. "abc"u8, 0xE2, 0x82]) },
        { "text cut by an empty end", [.. ClientFrame.Build(1, [0xE2, 0x82], final: false), .. ClientFrame.Continuation([])] },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Decode_AtEverySplit_GivesWhatTheReferenceGives(string what, byte[] stream)
    {
        var expected = ReferenceDecoder.Decode(stream, Limit);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, DecoderDriver.Decode(stream, Limit));
        Assert.Equal(expected, DecoderDriver.DecodeBytewise(stream, Limit));
        for (var cut = 0; cut <= stream.Length; cut++)
            Assert.True(expected.SequenceEqual(DecoderDriver.Decode(stream, Limit, cut)), $"{what}, cut at {cut}");
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Decode_TruncatedAnywhere_GivesWhatTheReferenceGives(string what, byte[] stream)
    {
        for (var length = 0; length < stream.Length; length++)
        {
            var expected = ReferenceDecoder.Decode(stream[..length], Limit);
            Assert.True(expected.SequenceEqual(DecoderDriver.Decode(stream[..length], Limit)), $"{what}, ended at {length}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Decode_RandomStreams_GiveWhatTheReferenceGives(int seed)
    {
        var random = new Random(seed);
        var streams = new RandomStream(random);
        var ends = new HashSet<DecodeError>();
        for (var round = 0; round < 400; round++)
        {
            var stream = streams.Next();
            var limit = random.Next(3) == 0 ? random.Next(500) : 100_000;
            var cuts = streams.Cuts(stream.Length);

            var expected = ReferenceDecoder.Decode(stream, limit);
            var actual = DecoderDriver.Decode(stream, limit, cuts);

            Assert.True(expected.SequenceEqual(actual), $"seed {seed}, round {round}: {Convert.ToHexString(stream)}");
            ends.UnionWith(expected.Select(e => e.Error));
        }

        // The made-up streams must reach the faults, or they prove little.
        Assert.True(ends.Count >= 12, $"Only {string.Join(", ", ends)} came up.");
    }
}
