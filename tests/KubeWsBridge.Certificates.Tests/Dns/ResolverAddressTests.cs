using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Certificates.Tests.Dns;

public class ResolverAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", 53)]
    [InlineData("192.0.2.1:5353", "192.0.2.1", 5353)]
    [InlineData("2001:db8::1", "2001:db8::1", 53)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 53)]
    [InlineData("[2001:db8::1]:5353", "2001:db8::1", 5353)]
    [InlineData("ns.example.com", "ns.example.com", 53)]
    [InlineData("ns.example.com:54", "ns.example.com", 54)]
    public void Read_Good_TakesItApart(string text, string host, int port) => Assert.Equal((host, port), ResolverAddress.Read(text));

    [Theory]
    [InlineData("ns.example.com:")]
    [InlineData("ns.example.com:0")]
    [InlineData("ns.example.com:66000")]
    [InlineData("ns example")]
    [InlineData("https://dns.example.com/")]
    [InlineData("")]
    public void Read_Bad_IsNull(string text) => Assert.Null(ResolverAddress.Read(text));
}
