using System.Text;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class CgiHeadTests
{
    private const string Head = "Status: 404 Not Found\r\nX-Powered-By: PHP/8.2\r\nContent-type: text/html\r\n\r\n";
    private const string Body = "\r\n\r\nfirst\n\nStatus: 500\r\n\r\nsecond";

    [Fact]
    public void Strip_EverySplitInTwo_GivesTheBody()
    {
        var bytes = Encoding.ASCII.GetBytes(Head + Body);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var head = new CgiHead();
            Assert.Equal(Body, Strip(head, bytes[..cut]) + Strip(head, bytes[cut..]));
            Assert.Equal((404, "404 Not Found"), (head.StatusCode, head.Status));
        }
    }

    [Theory]
    [InlineData("Content-type: text/html\n\nbody")]
    [InlineData("\r\nbody")]
    [InlineData("Content-type: text/html\r\n\r\nbody")]
    public void Strip_WithoutStatus_Is200(string answer)
    {
        var head = new CgiHead();

        Assert.Equal("body", Strip(head, Encoding.ASCII.GetBytes(answer)));
        Assert.Equal(200, head.StatusCode);
    }

    [Fact]
    public void Strip_EndlessHead_Throws()
    {
        var head = new CgiHead();
        Strip(head, new byte[CgiHead.MaxBytes]);

        Assert.Throws<InvalidDataException>(() => Strip(head, new byte[1]));
    }

    private static string Strip(CgiHead head, byte[] piece) => Encoding.ASCII.GetString(head.Strip(piece).Span);
}
