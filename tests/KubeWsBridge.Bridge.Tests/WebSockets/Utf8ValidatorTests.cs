using System.Text;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class Utf8ValidatorTests
{
    /// <summary>Bytes, and where the first offending one stands; -1 for none.</summary>
    public static TheoryData<string, int> Edges { get; } = new()
    {
        { "", -1 },
        { "00", -1 },
        { "7F", -1 },
        { "80", 0 },
        { "BF", 0 },
        { "C080", 0 },
        { "C1BF", 0 },
        { "C280", -1 },
        { "C27F", 1 },
        { "C2C0", 1 },
        { "DFBF", -1 },
        { "E080", 1 },
        { "E09F80", 1 },
        { "E0A080", -1 },
        { "E28220", 2 },
        { "E282C0", 2 },
        { "ED9FBF", -1 },
        { "EDA080", 1 },
        { "EDBFBF", 1 },
        { "EE8080", -1 },
        { "EFBFBF", -1 },
        { "F080", 1 },
        { "F08FBFBF", 1 },
        { "F0908080", -1 },
        { "F09F98", -1 },
        { "F09F9820", 3 },
        { "F48FBFBF", -1 },
        { "F490", 1 },
        { "F5", 0 },
        { "F888808080", 0 },
        { "FE", 0 },
        { "FF", 0 },
        { "6162FF", 2 },
        { "CEBAE1BDB9CF83CEBCCEB5EDA080656469746564", 12 }, // the classic of the Autobahn suite
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void Append_Edge_FailsAtTheOffendingByte(string hex, int offender) =>
        AssertAtEverySplit(Convert.FromHexString(hex), offender);

    [Theory]
    [MemberData(nameof(Edges))]
    public void Append_EdgeInsideLongText_FailsAtTheOffendingByte(string hex, int offender)
    {
        // Long enough for the vectorised path on both sides of the edge.
        byte[] bytes = [.. new byte[133], .. Convert.FromHexString(hex), .. Enumerable.Repeat((byte)'x', 70)];
        if (offender >= 0) AssertAtEverySplit(bytes, 133 + offender);
        else if (hex == "F09F98") AssertAtEverySplit(bytes, 133 + 3);
        else AssertAtEverySplit(bytes, -1);
    }

    [Fact]
    public void Append_EveryTripleAtTheBorders_AgreesWithTheFramework()
    {
        // Leads and followers around every border of RFC 3629's table.
        byte[] values = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
            0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF];

        var triples = from first in values from second in values from third in values select new[] { first, second, third };

        foreach (var triple in triples) AssertAtEverySplit(triple, FirstOffender(triple));
    }

    [Fact]
    public void Append_RandomText_AgreesWithTheFramework()
    {
        var random = new Random(3629);
        for (var round = 0; round < 400; round++)
        {
            var bytes = RandomText(random, random.Next(1, 60));
            if (round % 2 == 1) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            AssertAtEverySplit(bytes, FirstOffender(bytes));
        }
    }

    [Fact]
    public void Append_AfterAFailure_KeepsFailingUntilReset()
    {
        var validator = new Utf8Validator();
        Assert.False(validator.Append([0xFF]));

        Assert.False(validator.Append("fine"u8));
        Assert.False(validator.Append([0x00]));
        Assert.False(validator.IsComplete);
        validator.Reset();

        Assert.True(validator.IsComplete);
        Assert.True(validator.Append("fine"u8));
    }

    [Fact]
    public void Append_Nothing_ChangesNothing()
    {
        var validator = new Utf8Validator();
        Assert.True(validator.Append([]));
        Assert.True(validator.IsComplete);
        Assert.True(validator.Append([0xC3]));
        Assert.True(validator.Append([]));
        Assert.False(validator.IsComplete);
        Assert.True(validator.Append([0xA9]));
        Assert.True(validator.IsComplete);
    }

    private static void AssertAtEverySplit(byte[] bytes, int offender)
    {
        var complete = offender < 0 && IsValid(bytes);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var validator = new Utf8Validator();
            var found = -1;
            if (!validator.Append(bytes.AsSpan(0, split), out var accepted)) found = accepted;
            else if (!validator.Append(bytes.AsSpan(split), out accepted)) found = split + accepted;
            Assert.True(offender == found, $"{Convert.ToHexString(bytes)} split at {split}: offender {offender}, found {found}");
            Assert.Equal(complete, validator.IsComplete);
        }

        var bytewise = new Utf8Validator();
        for (var i = 0; i < bytes.Length; i++) Assert.Equal(offender < 0 || i < offender, bytewise.Append(bytes.AsSpan(i, 1)));
    }

    /// <summary>The first byte after which no continuation makes the text valid, found by trying them.</summary>
    private static int FirstOffender(byte[] bytes)
    {
        byte[][] endings =
            [[], [0x80], [0x80, 0x80], [0x80, 0x80, 0x80], [0xBF], [0xBF, 0x80], [0xBF, 0x80, 0x80], [0x90, 0x80, 0x80], [0xA0, 0x80]];
        for (var i = 0; i < bytes.Length; i++)
        {
            var prefix = bytes[..(i + 1)];
            if (!endings.Any(ending => IsValid([.. prefix, .. ending]))) return i;
        }

        return -1;
    }

    /// <summary>What the framework need not mend comes back as it was; this spares a hundred thousand exceptions.</summary>
    private static bool IsValid(byte[] bytes) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes)).AsSpan().SequenceEqual(bytes);

    private static byte[] RandomText(Random random, int runes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < runes; i++)
        {
            var limit = random.Next(4) switch { 0 => 0x80, 1 => 0x800, 2 => 0xD800, _ => 0x110000 };
            var value = random.Next(limit);
            text.Append(Rune.IsValid(value) ? new Rune(value) : new Rune(0xE000));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
