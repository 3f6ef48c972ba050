using System.Net;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Tests.Rendezvous;

public class WorkerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::", "[::1]")]
    [InlineData("fd00::1", "[fd00::1]")]
    public void Of_TcpAddress_IsWhatFsockopenTakes(string bound, string host)
    {
        var address = WorkerAddress.Of(new IPEndPoint(IPAddress.Parse(bound), 9001));

        Assert.Equal((host, 9001, host + ":9001"), (address.Host, address.Port, address.ToString()));
    }

    [Fact]
    public void OfUnixSocket_Path_IsWhatFsockopenTakes()
    {
        var address = WorkerAddress.OfUnixSocket("/run/a.sock");

        Assert.Equal(("unix:///run/a.sock", 0, "unix:/run/a.sock"), (address.Host, address.Port, address.ToString()));
    }
}
