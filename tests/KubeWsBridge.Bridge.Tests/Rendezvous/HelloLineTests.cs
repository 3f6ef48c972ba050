using System.Text;
using KubeWsBridge.Bridge.Framing;
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
        Assert.Equal(HelloResult.Complete, HelloLine.Parse(Encoding.Latin1.GetBytes(received), out var id, out var hello, out var actual));
        Assert.Equal(Guid.Parse(Id), id);
        Assert.Equal(length, actual);
        Assert.Same(Hello.Plain, hello);
    }

    [Fact]
    public void Parse_EveryPrefix_IsIncomplete()
    {
        const string line = Id + " messages protocol=chat pings";
        for (var length = 0; length <= line.Length; length++)
            Assert.Equal(HelloResult.Incomplete, HelloLine.Parse(Encoding.Latin1.GetBytes(line[..length]), out _, out _, out _));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData(" " + Id + "\n")]
    [InlineData("{9b2f3c1e-8f5a-4c56-9d0a-3a6f1b7c2d4e}\n")]
    [InlineData("9b2f3c1e8f5a4c569d0a3a6f1b7c2d4e\n")]
    [InlineData("9b2f3c1e-8f5a-4c56-9d0a-3a6f1b7c2dé\n")]
    public void Parse_NoId_IsMalformed(string received) =>
        Assert.Equal(HelloResult.Malformed, HelloLine.Parse(Encoding.Latin1.GetBytes(received), out _, out _, out _));

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void Parse_NoNewline_IsMalformedAtTheCap(int length, bool malformed) =>
        Assert.Equal(
            malformed ? HelloResult.Malformed : HelloResult.Incomplete,
            HelloLine.Parse(new byte[length].Select(_ => (byte)'x').ToArray(), out _, out _, out _));

    [Theory]
    [InlineData(" raw", WorkerFraming.Raw, null, false)]
    [InlineData(" messages", WorkerFraming.Messages, null, false)]
    [InlineData(" messages pings", WorkerFraming.Messages, null, true)]
    [InlineData(" messages pings protocol=chat.v2\r", WorkerFraming.Messages, "chat.v2", true)]
    [InlineData(" raw protocol=a!b", WorkerFraming.Raw, "a!b", false)]
    public void Parse_FramingAndOptions_AreTaken(string rest, WorkerFraming framing, string? protocol, bool pings)
    {
        Assert.Equal(HelloResult.Complete, HelloLine.Parse(Encoding.UTF8.GetBytes($"{Id}{rest}\nmore"), out _, out var hello, out var length));
        Assert.Equal(Id.Length + rest.Length + 1, length);
        Assert.Equal(new Hello { Framing = framing, Subprotocol = protocol, WantsPings = pings }, hello);
    }

    [Theory]
    [InlineData(" reject 403", 403, "")]
    [InlineData(" reject 400 ", 400, "")]
    [InlineData(" reject 599 Grüße, und  mehr\r", 599, "Grüße, und  mehr")]
    public void Parse_Reject_IsARejection(string rest, int status, string reason)
    {
        Assert.Equal(HelloResult.Complete, HelloLine.Parse(Encoding.UTF8.GetBytes($"{Id}{rest}\n"), out _, out var hello, out _));
        Assert.Equal(new Hello { Rejection = new Rejection(status, reason) }, hello);
    }

    [Theory]
    [InlineData(" ", "\"\" is not known; allowed is the id alone")]
    [InlineData("x", "One space must stand")]
    [InlineData("\tmessages", "which is no text")]
    [InlineData("  messages", "\"\" is not known")]
    [InlineData(" Messages", "\"Messages\" is not known")]
    [InlineData(" message", "\"message\" is not known")]
    [InlineData(" messages ", "\"\" is not allowed there")]
    [InlineData(" messages ping", "\"ping\" is not allowed there")]
    [InlineData(" messages pings pings", "\"pings\" is not allowed there")]
    [InlineData(" raw pings", "\"pings\" is not allowed there")]
    [InlineData(" messages protocol=", "\"protocol=\" is not allowed there")]
    [InlineData(" messages protocol=a,b", "\"protocol=a,b\" is not allowed there")]
    [InlineData(" messages protocol=a protocol=b", "\"protocol=b\" is not allowed there")]
    [InlineData(" reject", "a status from 400 to 599")]
    [InlineData(" reject 200", "a status from 400 to 599")]
    [InlineData(" reject 399", "a status from 400 to 599")]
    [InlineData(" reject 600 no", "a status from 400 to 599")]
    [InlineData(" reject 4030", "a status from 400 to 599")]
    [InlineData(" reject no", "a status from 400 to 599")]
    [InlineData(" reject 403 \u001b[31m", "which is no text")]
    public void Parse_IdAndSomethingElse_IsAFaultOfThatSession(string rest, string fault)
    {
        Assert.Equal(HelloResult.Complete, HelloLine.Parse(Encoding.Latin1.GetBytes($"{Id}{rest}\n"), out var id, out var hello, out _));
        Assert.Equal(Guid.Parse(Id), id);
        Assert.Contains(fault, hello.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NotUtf8BehindTheId_IsAFaultOfThatSession()
    {
        byte[] line = [.. Encoding.ASCII.GetBytes(Id + " reject 403 "), 0xFF, (byte)'\n'];
        Assert.Equal(HelloResult.Complete, HelloLine.Parse(line, out _, out var hello, out _));
        Assert.Contains("\\xff\", which is no text", hello.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLongBehindTheId_IsAFaultOfThatSession()
    {
        var line = Encoding.ASCII.GetBytes(Id + " reject 403 " + new string('x', 256));
        Assert.Equal(HelloResult.Complete, HelloLine.Parse(line.AsSpan(0, HelloLine.MaxLength), out var id, out var hello, out _));
        Assert.Equal(Guid.Parse(Id), id);
        Assert.Equal("It has more than 256 bytes.", hello.Fault);
    }
}
