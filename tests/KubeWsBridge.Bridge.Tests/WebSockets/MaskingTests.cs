using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class MaskingTests
{
    private static readonly byte[] Key = [0x11, 0x52, 0xA3, 0xF4];

    [Fact]
    public void Apply_EveryAlignmentPhaseAndLength_EqualsTheLoop()
    {
        var random = new Random(6455);
        var original = new byte[420];
        random.NextBytes(original);

        var cases =
            from alignment in Enumerable.Range(0, 64)
            from phase in Enumerable.Range(0, 9)
            from length in Enumerable.Range(0, 300)
            where (alignment < 9 || alignment % 7 == 0) && (length < 140 || length % 13 == 0)
            select (alignment, phase, length);

        foreach (var (alignment, phase, length) in cases)
        {
            var expected = original.ToArray();
            for (var i = 0; i < length; i++) expected[alignment + i] ^= Key[(phase + i) & 3];

            var actual = original.ToArray();
            Masking.Apply(actual.AsSpan(alignment, length), Key, phase);

            Assert.True(expected.AsSpan().SequenceEqual(actual), $"alignment {alignment}, phase {phase}, length {length}");
        }
    }

    [Fact]
    public void Apply_InPieces_EqualsTheWhole()
    {
        var whole = Enumerable.Range(0, 200).Select(i => (byte)i).ToArray();
        var pieces = whole.ToArray();
        Masking.Apply(whole, Key);

        for (var at = 0; at < pieces.Length; at += 7)
            Masking.Apply(pieces.AsSpan(at, Math.Min(7, pieces.Length - at)), Key, at);

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Advance_EveryCount_TurnsTheKeySoThatPhaseIsZero()
    {
        for (var count = 0; count < 9; count++)
        {
            var expected = new byte[100];
            var actual = new byte[100];
            Masking.Apply(expected, Key, count);
            Masking.Apply(actual, Masking.Advance(Masking.ReadKey(Key), count));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Apply_Twice_GivesTheOriginal()
    {
        var data = "The same XOR both ways"u8.ToArray();

        Masking.Apply(data, Key, 3);
        Assert.False(data.AsSpan().SequenceEqual("The same XOR both ways"u8));
        Masking.Apply(data, Key, 3);

        Assert.Equal("The same XOR both ways"u8, data);
    }
}
