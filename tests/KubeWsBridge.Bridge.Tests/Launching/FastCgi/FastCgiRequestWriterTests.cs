using KubeWsBridge.Bridge.Launching.FastCgi;
using static KubeWsBridge.Bridge.Launching.FastCgi.FastCgiRecordType;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiRequestWriterTests
{
    // A name of 4 bytes (length in 1) and a value with its length in 4 fill a record of 65,535.
    private const int LargestValue = 65_535 - 1 - 4 - 4;

    [Fact]
    public void Write_Request_BeginsAsResponderAndEndsBothStreams()
    {
        var records = Write(new() { ["NAME"] = "value" });

        Assert.Equal([BeginRequest, Params, Params, Stdin], records.Select(record => record.Type));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0], records[0].Content);
        Assert.Equal([new("NAME", "value")], FastCgiBytes.Pairs(records[1].Content));
        Assert.Empty(records[2].Content);
        Assert.Empty(records[3].Content);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(127), InlineData(128), InlineData(255), InlineData(256), InlineData(LargestValue)]
    public void Write_ValueOfAnyLength_ComesThrough(int length)
    {
        Dictionary<string, string> variables = new() { ["NAME"] = new string('v', length), [new string('N', 130)] = "after" };

        Assert.Equal(variables, Pairs(variables));
    }

    [Fact]
    public void Write_ManyVariables_NoPairStraddlesRecords()
    {
        var variables = Enumerable.Range(0, 300).ToDictionary(number => $"VARIABLE_{number}", number => new string('é', number * 7));

        // Pairs throws on a record that ends within one.
        Assert.Equal(variables, Pairs(variables));
        Assert.True(Write(variables).Count(record => record.Type == Params) > 5);
    }

    [Theory]
    [InlineData(0, new[] { 65_535, 0 })]
    [InlineData(1, new[] { 3, 65_533, 0 })]
    public void Write_PairsThatFillARecordExactly_ShareItAndOneByteMoreDoesNot(int more, int[] lengths)
    {
        Dictionary<string, string> variables = new() { ["A"] = "", ["BBBB"] = new string('v', LargestValue - 3 + more) };

        Assert.Equal(lengths, Write(variables).Where(record => record.Type == Params).Select(record => record.Content.Length));
    }

    [Fact]
    public void TooLong_OneByteMoreThanARecord_IsNamed()
    {
        Assert.Null(FastCgiRequestWriter.TooLong(new Dictionary<string, string> { ["NAME"] = new('v', LargestValue) }));
        Dictionary<string, string> variables = new() { ["ELSE"] = "", ["NAME"] = new('v', LargestValue + 1) };
        Assert.Equal("NAME", FastCgiRequestWriter.TooLong(variables));
        Assert.Throws<ArgumentException>(() => FastCgiRequestWriter.Write(variables));
    }

    private static List<(FastCgiRecordType Type, byte[] Content)> Write(Dictionary<string, string> variables) =>
        FastCgiBytes.Records(FastCgiRequestWriter.Write(variables).Span);

    private static Dictionary<string, string> Pairs(Dictionary<string, string> variables) =>
        Write(variables).Where(record => record.Type == Params).SelectMany(record => FastCgiBytes.Pairs(record.Content)).ToDictionary();
}
