using KubeWsBridge.Bridge.Metadata;

namespace KubeWsBridge.Bridge.Tests.Metadata;

public sealed class ForwardedHopTests
{
    [Theory]
    [InlineData("for=192.0.2.1", "192.0.2.1||")]
    [InlineData("For=192.0.2.1;PROTO=https;Host=a.example", "192.0.2.1|https|a.example")]
    [InlineData("for=\"[2001:db8::1]:4711\"", "[2001:db8::1]:4711||")]
    [InlineData("for=[2001:db8::1]:4711", "[2001:db8::1]:4711||")]
    [InlineData("for=192.0.2.43, for=198.51.100.17;by=203.0.113.60", "192.0.2.43|| 198.51.100.17||")]
    [InlineData("for=a , for=b;proto=http ; host=\"h,;\\\"x\"", "a|| b|http|h,;\"x")]
    [InlineData("proto=https", "|https|")]
    [InlineData("for=a,, ,for=b,", "a|| b||")]
    [InlineData("for=a;", "a||")]
    [InlineData("for=_hidden;secret=x", "_hidden||")]
    [InlineData("for=\"\"", "||")]
    [InlineData("", "")]
    public void TryParseLine_Good_Hops(string line, string expected)
    {
        Assert.True(ForwardedHop.TryParseLine(line, out var hops));
        Assert.Equal(expected, string.Join(' ', hops.Select(hop => $"{hop.For}|{hop.Proto}|{hop.Host}")));
    }

    [Theory]
    [InlineData("for")]
    [InlineData("for=")]
    [InlineData("=x")]
    [InlineData("for=\"x")]
    [InlineData("for=\"x\\")]
    [InlineData("for=\"x\"y")]
    [InlineData("for=x\"y\"")]
    [InlineData("for=x y")]
    [InlineData("for=\", for=192.0.2.1")]
    public void TryParseLine_Malformed_Nothing(string line) => Assert.False(ForwardedHop.TryParseLine(line, out _));

    [Fact]
    public void TryParseLine_Garbage_NeverThrows()
    {
        const string Alphabet = "for=\",;\\ [](a:1.=proto";
        var random = new Random(11);
        for (var i = 0; i < 50_000; i++)
        {
            var line = string.Create(random.Next(30), random, (span, source) => source.GetItems(Alphabet, span));
            Assert.Equal(ForwardedHop.TryParseLine(line, out var hops), hops is not null);
        }
    }
}
