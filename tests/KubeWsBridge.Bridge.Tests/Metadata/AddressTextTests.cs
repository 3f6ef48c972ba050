using KubeWsBridge.Bridge.Metadata;

namespace KubeWsBridge.Bridge.Tests.Metadata;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", 0)]
    [InlineData("192.0.2.1:8080", "192.0.2.1", 8080)]
    [InlineData("2001:db8::1", "2001:db8::1", 0)]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1", 0)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 0)]
    [InlineData("[2001:db8::1]:65535", "2001:db8::1", 65535)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", 0)]
    [InlineData("[::ffff:192.0.2.1]:1", "192.0.2.1", 1)]
    [InlineData("192.0.2.1:_hidden", "192.0.2.1", 0)]
    [InlineData("192.0.2.1:0", "192.0.2.1", 0)]
    [InlineData("192.0.2.1:65536", "192.0.2.1", 0)]
    public void TryParseEndPoint_Good_AddressAndPort(string text, string address, int port)
    {
        Assert.True(AddressText.TryParseEndPoint(text, out var endPoint));
        Assert.Equal((address, port), (endPoint.Address.ToString(), endPoint.Port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("localhost")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("010.0.0.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("256.0.0.1")]
    [InlineData("1.2.3.4 ")]
    [InlineData("[1.2.3.4]")]
    [InlineData("[2001:db8::1")]
    [InlineData("2001:db8::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("2001:db8::1/64")]
    [InlineData("[]")]
    [InlineData("[")]
    [InlineData(":")]
    [InlineData(":80")]
    [InlineData("1.2.3.4\n")]
    [InlineData("１.2.3.4")]
    public void TryParseEndPoint_Bad_False(string text) => Assert.False(AddressText.TryParseEndPoint(text, out _));

    [Theory]
    [InlineData("example.com", "example.com", "")]
    [InlineData("example.com:80", "example.com", "80")]
    [InlineData("[::1]", "[::1]", "")]
    [InlineData("[::1]:80", "[::1]", "80")]
    [InlineData("::1", "::1", "")]
    [InlineData("", "", "")]
    public void Split_Authority_HostAndPort(string text, string host, string port)
    {
        AddressText.Split(text, out var left, out var right);
        Assert.Equal((host, port), (left.ToString(), right.ToString()));
    }
}
