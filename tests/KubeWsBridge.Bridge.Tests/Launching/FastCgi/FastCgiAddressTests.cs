using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:9000", "127.0.0.1:9000")]
    [InlineData("php-fpm:9000", "php-fpm:9000")]
    [InlineData("[::1]:9000", "[::1]:9000")]
    [InlineData("unix:/run/php/ws.sock", "unix:/run/php/ws.sock")]
    [InlineData("unix:///run/php/ws.sock", "unix:/run/php/ws.sock")]
    public void TryParse_Address_IsTaken(string text, string expected)
    {
        Assert.True(FastCgiAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.ToString());
        Assert.True(FastCgiAddress.TryParse(expected, out var same));
        Assert.Equal(same, address);
    }

    [Theory]
    [InlineData(""), InlineData("9000"), InlineData(":9000"), InlineData("host"), InlineData("host:0"), InlineData("host:65536"), InlineData("host:x")]
    [InlineData("::1:9000"), InlineData("[127.0.0.1]:9000"), InlineData("unix:relative.sock"), InlineData("unix:"), InlineData("a b:9000")]
    public void TryParse_Other_IsNot(string text) => Assert.False(FastCgiAddress.TryParse(text, out _));
}
