using KubeWsBridge.Configuration.Kinds;

namespace KubeWsBridge.Tests.Configuration;

public class ManagementAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8081", "127.0.0.1:8081")]
    [InlineData("0.0.0.0:0", "0.0.0.0:0")]
    [InlineData("[::]:8081", "[::]:8081")]
    [InlineData("localhost:9", "127.0.0.1:9")]
    [InlineData("off", "off")]
    public void Read_Address_GivesItInOneForm(string text, string expected)
    {
        Assert.Equal(expected, new ManagementAddressKind().Read(text, out var flaw));
        Assert.Null(flaw);
    }

    [Theory]
    [InlineData("8081")]
    [InlineData(":8081")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("::1:8081")]
    [InlineData("example.com:8081")]
    [InlineData("")]
    public void Read_AnythingElse_IsAFlaw(string text)
    {
        Assert.Null(new ManagementAddressKind().Read(text, out var flaw));
        Assert.NotNull(flaw);
    }
}
