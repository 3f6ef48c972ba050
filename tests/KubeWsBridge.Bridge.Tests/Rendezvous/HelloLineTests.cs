using System.Text;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Tests.Rendezvous;

public class HelloLineTests
{
    private const string Id = "9b2f3c1e-8f5a-4c56-9d0a-3a6f1b7c2d4e";

    [Theory]
    [InlineData(Id + "\n", 37)]
    [InlineData(Id + "\r\n", 38)]
    [InlineData(Id + "\nfirst payload", 37)]
    [InlineData("9B2F3C1E-8F5A-4C56-9D0A-3A6F1B7C2D4E\n", 37)]
    public void Parse_IdAndNewline_IsComplete(string received, int length)
    {
        Assert.Equal(HelloResult.Complete, HelloLine.Parse(Encoding.Latin1.GetBytes(received), out var id, out var actual));
        Assert.Equal(Guid.Parse(Id), id);
        Assert.Equal(length, actual);
    }

    [Fact]
    public void Parse_EveryPrefix_IsIncomplete()
    {
        for (var length = 0; length <= Id.Length; length++)
            Assert.Equal(HelloResult.Incomplete, HelloLine.Parse(Encoding.Latin1.GetBytes(Id[..length]), out _, out _));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData(" " + Id + "\n")]
    [InlineData(Id + " messages\n")]
    [InlineData("{9b2f3c1e-8f5a-4c56-9d0a-3a6f1b7c2d4e}\n")]
    [InlineData("9b2f3c1e8f5a4c569d0a3a6f1b7c2d4e\n")]
    [InlineData("9b2f3c1e-8f5a-4c56-9d0a-3a6f1b7c2dé\n")]
    public void Parse_AnythingElse_IsMalformed(string received) =>
        Assert.Equal(HelloResult.Malformed, HelloLine.Parse(Encoding.Latin1.GetBytes(received), out _, out _));

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void Parse_NoNewline_IsMalformedAtTheCap(int length, bool malformed) =>
        Assert.Equal(
            malformed ? HelloResult.Malformed : HelloResult.Incomplete,
            HelloLine.Parse(new byte[length].Select(_ => (byte)'x').ToArray(), out _, out _));
}
