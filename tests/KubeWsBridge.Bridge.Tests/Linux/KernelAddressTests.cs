using System.Net;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

[SupportedOSPlatform("linux")]
public class KernelAddressTests
{
    [Fact]
    public void Read_V4_IsAddressAndPort() =>
        Assert.Equal(IPEndPoint.Parse("192.0.2.7:8080"), KernelAddress.Read([2, 0, 0x1F, 0x90, 192, 0, 2, 7, 0, 0, 0, 0, 0, 0, 0, 0]));

    [Fact]
    public void Read_V6_HasItsScope()
    {
        byte[] address = [10, 0, 0x1F, 0x90, 9, 9, 9, 9, .. IPAddress.Parse("fe80::1").GetAddressBytes(), 3, 0, 0, 0];

        var read = KernelAddress.Read(address)!;

        Assert.Equal((IPAddress.Parse("fe80::1%3"), 3L, 8080), (read.Address, read.Address.ScopeId, read.Port));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 0 })]
    [InlineData(new byte[] { 1, 0, (byte)'/', (byte)'x', 0 })]
    public void Read_UnixOrNothing_IsNull(byte[] address) => Assert.Null(KernelAddress.Read(address));

    [Fact]
    public void OfLocalEnd_RealSockets_IsWhatThePeerSees()
    {
        using var v4 = SocketPair.Tcp();
        using var v6 = SocketPair.Tcp(address: IPAddress.IPv6Loopback);
        using var unix = SocketPair.Unix();

        Assert.Equal(v4.Peer.RemoteEndPoint, KernelAddress.OfLocalEnd(v4.Ours));
        Assert.Equal(v6.Peer.RemoteEndPoint, KernelAddress.OfLocalEnd(v6.Ours));
        Assert.Null(KernelAddress.OfLocalEnd(unix.Ours));
    }
}
