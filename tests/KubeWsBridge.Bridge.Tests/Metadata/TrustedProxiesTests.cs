using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Metadata;

namespace KubeWsBridge.Bridge.Tests.Metadata;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "11.1.2.3", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("192.0.2.1/32", "192.0.2.1", true)]
    public void Contains_Address_ByNetwork(string network, string address, bool contained) =>
        Assert.Equal(contained, new TrustedProxies([IPNetwork.Parse(network)]).Contains(IPAddress.Parse(address)));

    [Fact]
    public void Contains_NoNetworks_False() => Assert.False(new TrustedProxies([]).Contains(IPAddress.Loopback));

    [Fact]
    public void Peer_UnixSocketOrNothing_Loopback()
    {
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 0), TrustedProxies.Peer(new UnixDomainSocketEndPoint("/tmp/x")));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 0), TrustedProxies.Peer(null));
    }

    [Fact]
    public void Peer_Mapped_IPv4() =>
        Assert.Equal(IPEndPoint.Parse("192.0.2.1:5"), TrustedProxies.Peer(new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.1"), 5)));
}
