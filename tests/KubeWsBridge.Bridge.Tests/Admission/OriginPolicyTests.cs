using KubeWsBridge.Bridge.Admission;

namespace KubeWsBridge.Bridge.Tests.Admission;

public sealed class OriginPolicyTests
{
    private static bool Allows(string patterns, params string[] origin)
    {
        Assert.True(OriginPolicy.TryParse(patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries), out var policy, out var error), error);
        return policy.Validate(origin) is null;
    }

    [Theory]
    [InlineData("", "https://anything.example", true)]
    [InlineData("", "garbage", true)]
    [InlineData("*", "https://anything.example", true)]
    [InlineData("*", "null", true)]
    [InlineData("*", "garbage", true)]
    [InlineData("null", "null", true)]
    [InlineData("null", "https://example.com", false)]
    [InlineData("https://example.com", "null", false)]
    [InlineData("https://example.com", "https://example.com", true)]
    [InlineData("https://example.com", "https://example.com:443", true)]
    [InlineData("https://example.com:443", "https://example.com", true)]
    [InlineData("http://example.com:80", "http://example.com", true)]
    [InlineData("HTTPS://Example.COM", "https://example.com", true)]
    [InlineData("https://example.com", "https://EXAMPLE.com", true)]
    [InlineData("https://example.com", "http://example.com", false)]
    [InlineData("https://example.com", "https://example.com:8443", false)]
    [InlineData("https://example.com", "https://www.example.com", false)]
    [InlineData("https://example.com", "https://example.com.evil.net", false)]
    [InlineData("https://example.com", "https://evilexample.com", false)]
    [InlineData("https://example.com", "https://example.com@evil.net", false)]
    [InlineData("https://example.com", "https://example.com/", false)]
    [InlineData("https://example.com", "https://example.com/path", false)]
    [InlineData("https://example.com", "https://example.com, https://evil.net", false)]
    [InlineData("https://example.com", "example.com", false)]
    [InlineData("https://example.com", "", false)]
    [InlineData("https://example.com", "https://", false)]
    [InlineData("https://example.com", "https://example.com:", false)]
    [InlineData("https://*.example.com", "https://a.example.com", true)]
    [InlineData("https://*.example.com", "https://a.b.example.com", true)]
    [InlineData("https://*.example.com", "https://A.Example.com", true)]
    [InlineData("https://*.example.com", "https://example.com", false)]
    [InlineData("https://*.example.com", "https://.example.com", false)]
    [InlineData("https://*.example.com", "https://evilexample.com", false)]
    [InlineData("https://*.example.com", "https://a.example.com.evil.net", false)]
    [InlineData("https://*.example.com", "http://a.example.com", false)]
    [InlineData("https://*.example.com", "https://a.example.com:8443", false)]
    [InlineData("https://*.example.com:8443", "https://a.example.com:8443", true)]
    [InlineData("https://*.example.com", "null", false)]
    [InlineData("https://a.example https://b.example", "https://b.example", true)]
    [InlineData("https://a.example https://b.example", "https://c.example", false)]
    [InlineData("http://localhost:3000", "http://localhost:3000", true)]
    [InlineData("http://127.0.0.1:3000", "http://127.0.0.1:3000", true)]
    [InlineData("http://[::1]:3000", "http://[::1]:3000", true)]
    [InlineData("http://[0:0::1]", "http://[::1]:80", true)]
    [InlineData("http://[::1]", "http://[::2]", false)]
    [InlineData("http://my_app", "http://my_app", true)]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example", true)]
    [InlineData("chrome-extension://abcdef", "chrome-extension://abcdef", true)]
    [InlineData("chrome-extension://abcdef", "chrome-extension://fedcba", false)]
    public void Validate_Origin_ByPattern(string patterns, string origin, bool allowed) => Assert.Equal(allowed, Allows(patterns, origin));

    [Fact]
    public void Validate_NoOriginHeader_Allowed() => Assert.True(Allows("https://example.com"));

    [Fact]
    public void Validate_TwoOriginHeaders_Refused() => Assert.False(Allows("https://example.com", "https://example.com", "https://example.com"));

    [Fact]
    public void Validate_ForeignOrigin_NamesRefusal()
    {
        Assert.True(OriginPolicy.TryParse(["https://example.com"], out var policy, out _));
        Assert.Equal("origin-not-allowed", policy.Validate("https://evil.example")?.Name);
    }

    [Theory]
    [InlineData("example.com", "no scheme")]
    [InlineData("", "no scheme")]
    [InlineData("*.example.com", "no scheme")]
    [InlineData("https://example.com/", "a path")]
    [InlineData("https://example.com/chat", "a path")]
    [InlineData("https://*", "a star")]
    [InlineData("https://a*.example.com", "a star")]
    [InlineData("https://*.*.example.com", "a star")]
    [InlineData("http://localhost:*", "a star")]
    [InlineData("https://example.com:99999", "not an origin")]
    [InlineData("https://example.com:0", "not an origin")]
    [InlineData("https://exa mple.com", "not an origin")]
    [InlineData("https://", "not an origin")]
    [InlineData("https://[::1", "not an origin")]
    [InlineData("https://[1.2.3.4]", "not an origin")]
    public void TryParse_WrongPattern_ErrorSaysWhatAndFix(string pattern, string part)
    {
        Assert.False(OriginPattern.TryParse(pattern, out _, out var error));
        Assert.Contains($"'{pattern}'", error, StringComparison.Ordinal);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Contains("https://*.example.com", error, StringComparison.Ordinal);
        Assert.False(OriginPolicy.TryParse(["https://ok.example", pattern], out _, out var same));
        Assert.Equal(error, same);
    }
}
