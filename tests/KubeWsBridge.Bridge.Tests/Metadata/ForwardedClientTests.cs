using System.Net;

namespace KubeWsBridge.Bridge.Tests.Metadata;

public sealed class ForwardedClientTests
{
    // Proxies are 10/8 and fd00::/8; ~ separates header lines.
    [Theory]
    // No proxy, no trust.
    [InlineData("203.0.113.9", "", "203.0.113.9:4000")]
    [InlineData("203.0.113.9", "X-Forwarded-For: 1.2.3.4", "203.0.113.9:4000")]
    [InlineData("203.0.113.9", "X-Real-IP: 1.2.3.4~Forwarded: for=1.2.3.4", "203.0.113.9:4000")]
    [InlineData("::ffff:203.0.113.9", "", "203.0.113.9:4000")]
    // One proxy.
    [InlineData("10.0.0.1", "", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("::ffff:10.0.0.1", "X-Forwarded-For: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1:5555", "198.51.100.1:5555")]
    [InlineData("10.0.0.1", "X-Forwarded-For: [2001:db8::1]:5555", "[2001:db8::1]:5555")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 2001:db8::1", "[2001:db8::1]:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: ::ffff:198.51.100.1", "198.51.100.1:0")]
    [InlineData("fd00::1", "X-Forwarded-For: 2001:db8::1", "[2001:db8::1]:0")]
    // What the client wrote itself stands to the left and is not reached.
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.2.3.4, 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 10.0.0.5, 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.2.3.4~X-Forwarded-For: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: garbage\", 198.51.100.1", "198.51.100.1:0")]
    // Chains of proxies.
    [InlineData("10.0.0.1", "X-Forwarded-For: 1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1 ,\t10.0.0.3:99,10.0.0.2", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1~X-Forwarded-For: 10.0.0.3, fd00::2", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 10.0.0.3, 10.0.0.2", "10.0.0.3:0")]
    // What cannot be read ends the walk at the last proxy known.
    [InlineData("10.0.0.1", "X-Forwarded-For: unknown", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1, unknown", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1, unknown, 10.0.0.2", "10.0.0.2:0")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1, 010.0.0.2", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "X-Forwarded-For: ", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "X-Forwarded-For: 198.51.100.1,", "10.0.0.1:4000")]
    // X-Real-IP only without X-Forwarded-For, Forwarded only without both.
    [InlineData("10.0.0.1", "X-Real-IP: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Real-IP: 1.2.3.4~X-Real-IP: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Real-IP: 1.2.3.4, 198.51.100.1", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "X-Real-IP: 1.2.3.4~X-Forwarded-For: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "X-Real-IP: 1.2.3.4~X-Forwarded-For: unknown", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "Forwarded: for=1.2.3.4~X-Forwarded-For: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "Forwarded: for=1.2.3.4~X-Real-IP: 198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "Forwarded: for=198.51.100.1;proto=https", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "Forwarded: for=1.2.3.4, for=\"[2001:db8::1]:77\", for=10.0.0.2", "[2001:db8::1]:77")]
    [InlineData("10.0.0.1", "Forwarded: for=1.2.3.4~Forwarded: for=198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "Forwarded: for=1.2.3.4, for=_hidden", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "Forwarded: for=1.2.3.4, proto=https", "10.0.0.1:4000")]
    [InlineData("10.0.0.1", "Forwarded: for=\"~Forwarded: for=198.51.100.1", "198.51.100.1:0")]
    [InlineData("10.0.0.1", "Forwarded: for=\", for=198.51.100.1", "10.0.0.1:4000")]
    public void Client_BehindProxies_FirstUntrusted(string peer, string headers, string client)
    {
        var context = Requests.From(peer, headers.Split('~', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(IPEndPoint.Parse(client), Requests.Reader().Client(context));
        Assert.Equal(IPEndPoint.Parse(client), Requests.Describe(context).Client);
    }

    [Fact]
    public void Client_EverybodyTrusted_LeftmostAddress()
    {
        var context = Requests.From("203.0.113.9", "X-Forwarded-For: 1.2.3.4, 198.51.100.1");
        Assert.Equal(IPEndPoint.Parse("1.2.3.4:0"), Requests.Reader("0.0.0.0/0").Client(context));
    }

    [Fact]
    public void Client_UnixSocketPeer_TrustedAsLoopback()
    {
        var context = Requests.From(Requests.Peer, "X-Forwarded-For: 198.51.100.1");
        context.Connection.RemoteIpAddress = null;
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:0"), Requests.Reader().Client(context));
        Assert.Equal(IPEndPoint.Parse("198.51.100.1:0"), Requests.Reader("127.0.0.0/8").Client(context));
    }
}
