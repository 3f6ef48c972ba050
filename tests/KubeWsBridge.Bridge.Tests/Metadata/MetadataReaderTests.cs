using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Bridge.Tests.Metadata;

public sealed class MetadataReaderTests
{
    [Theory]
    [InlineData("/", "/", "/", "")]
    [InlineData("/a/b?c=d", "/a/b?c=d", "/a/b", "c=d")]
    [InlineData("/a%2Fb%20c?x=%3F&y=%C3%BC", "/a%2Fb%20c?x=%3F&y=%C3%BC", "/a%2Fb%20c", "x=%3F&y=%C3%BC")]
    [InlineData("/a?b?c", "/a?b?c", "/a", "b?c")]
    [InlineData("/a?", "/a?", "/a", "")]
    [InlineData("/../a//b/./c", "/../a//b/./c", "/../a//b/./c", "")]
    [InlineData("//double", "//double", "//double", "")]
    [InlineData("/a?u=http://x/y", "/a?u=http://x/y", "/a", "u=http://x/y")]
    [InlineData("/http://x/y", "/http://x/y", "/http://x/y", "")]
    [InlineData("http://example.com/a?b", "/a?b", "/a", "b")]
    [InlineData("http://example.com", "/", "/", "")]
    [InlineData("http://example.com?b", "/?b", "/", "b")]
    [InlineData("HTTP://example.com:80/a", "/a", "/a", "")]
    [InlineData("", "/fallback?q", "/fallback", "q")]
    public void Describe_Target_AsSent(string target, string uri, string path, string query)
    {
        var context = Requests.From(Requests.Peer);
        context.Request.Path = "/fallback";
        context.Request.QueryString = new("?q");
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        var metadata = Requests.Describe(context);
        Assert.Equal((uri, path, query), (metadata.RequestUri, metadata.Path, metadata.Query));
    }

    // The peer 10.0.0.1 is trusted, 203.0.113.9 is not; ~ separates header lines.
    [Theory]
    [InlineData("10.0.0.1", "http", "Host: example.com", "example.com", 80, false)]
    [InlineData("10.0.0.1", "https", "Host: example.com", "example.com", 443, true)]
    [InlineData("10.0.0.1", "http", "Host: example.com:8080", "example.com", 8080, false)]
    [InlineData("10.0.0.1", "http", "Host: [2001:db8::1]:8080", "2001:db8::1", 8080, false)]
    [InlineData("10.0.0.1", "http", "Host: [2001:db8::1]", "2001:db8::1", 80, false)]
    [InlineData("10.0.0.1", "http", "Host: example.com:0", "example.com", 80, false)]
    [InlineData("10.0.0.1", "http", "", "10.9.9.9", 8080, false)]
    [InlineData("10.0.0.1", "http", "Host:", "10.9.9.9", 8080, false)]
    [InlineData("10.0.0.1", "http", "Host: a.example~X-Forwarded-Proto: https", "a.example", 443, true)]
    [InlineData("10.0.0.1", "http", "Host: a.example~X-Forwarded-Proto: WSS", "a.example", 443, true)]
    [InlineData("10.0.0.1", "https", "Host: a.example~X-Forwarded-Proto: http", "a.example", 80, false)]
    [InlineData("10.0.0.1", "https", "Host: a.example~X-Forwarded-Proto: gopher", "a.example", 443, true)]
    [InlineData("10.0.0.1", "http", "Host: a.example~X-Forwarded-Proto: https, http", "a.example", 80, false)]
    [InlineData("10.0.0.1", "http", "Host: a.example~X-Forwarded-Port: 8443", "a.example", 8443, false)]
    [InlineData("10.0.0.1", "http", "Host: a.example:99~X-Forwarded-Port: 8443", "a.example", 99, false)]
    [InlineData("10.0.0.1", "http", "Host: a.example~X-Forwarded-Port: x", "a.example", 80, false)]
    [InlineData("10.0.0.1", "http", "Host: a.example~X-Forwarded-Port: 70000", "a.example", 80, false)]
    [InlineData("10.0.0.1", "http", "Host: in:8080~X-Forwarded-Host: b.example~X-Forwarded-Proto: https", "b.example", 443, true)]
    [InlineData("10.0.0.1", "http", "Host: in:8080~X-Forwarded-Host: evil, b.example:444", "b.example", 444, false)]
    [InlineData("10.0.0.1", "http", "Host: in:8080~X-Forwarded-Host: b.example~X-Forwarded-Port: 1, 9443", "b.example", 9443, false)]
    [InlineData("10.0.0.1", "http", "Host: in~X-Forwarded-Host: evil~X-Forwarded-Host: b.example", "b.example", 80, false)]
    [InlineData("10.0.0.1", "http", "X-Forwarded-Port: 444", "10.9.9.9", 444, false)]
    [InlineData("10.0.0.1", "http", "Host: in~Forwarded: for=1.2.3.4;proto=https;host=b.example", "b.example", 443, true)]
    [InlineData("10.0.0.1", "http", "Host: in~Forwarded: proto=https;host=b.example~X-Forwarded-For: 1.2.3.4", "in", 80, false)]
    [InlineData("10.0.0.1", "http", "Host: in~Forwarded: proto=https;host=b.example~X-Real-IP: 1.2.3.4", "in", 80, false)]
    [InlineData("203.0.113.9", "http",
        "Host: a.example~X-Forwarded-Host: evil~X-Forwarded-Port: 1~X-Forwarded-Proto: https~Forwarded: proto=https;host=evil", "a.example", 80, false)]
    public void Describe_Server_ThroughTrustedProxies(string peer, string scheme, string headers, string host, int port, bool secure)
    {
        var context = Requests.From(peer, headers.Split('~', StringSplitOptions.RemoveEmptyEntries));
        context.Request.Scheme = scheme;
        var metadata = Requests.Describe(context);
        Assert.Equal((host, port, secure), (metadata.ServerHost, metadata.ServerPort, metadata.Secure));
    }

    [Fact]
    public void Describe_NothingKnownOfTheServer_LocalhostAndStandardPort()
    {
        var context = Requests.From(Requests.Peer);
        (context.Connection.LocalIpAddress, context.Connection.LocalPort) = (null, 0);
        var metadata = Requests.Describe(context);
        Assert.Equal(("localhost", 80), (metadata.ServerHost, metadata.ServerPort));
    }

    [Fact]
    public void Describe_Headers_LowerCaseJoinedDecodedAndInOrder()
    {
        var context = Requests.From(
            Requests.Peer, "Host: a.example", "X-B: 1", "COOKIE: a=1", "X-Name: Gr\u00C3\u00BC\u00C3\u009Fe", "x-b: 2", "Cookie: b=2", "X-Old: Gr\u00FC");
        Assert.Equal(
            ["host=a.example", "x-b=1, 2", "cookie=a=1; b=2", "x-name=Grüße", "x-old=Grü"],
            Requests.Describe(context).Headers.Select(header => $"{header.Key}={header.Value}"));
    }

    [Fact]
    public void Describe_PseudoHeaders_HiddenAndHostFromAuthority()
    {
        var context = new DefaultHttpContext(new FeatureCollection());
        context.Features.Set<IHttpRequestFeature>(new Http2Request());
        context.Features.Set<IHttpConnectionFeature>(new HttpConnectionFeature());
        context.Request.Headers[":authority"] = "a.example:444";
        context.Request.Headers[":path"] = "/x";
        context.Request.Headers["x-a"] = "1";
        context.Request.Headers.Host = "a.example:444";
        Assert.Equal(["host", "x-a"], Requests.Describe(context).Headers.Select(header => header.Key).Order());
    }

    [Fact]
    public void Describe_GivenParts_TakenOver()
    {
        var metadata = Requests.Reader().Describe(Requests.From(Requests.Peer), "the-id", "chat.v2");
        Assert.Equal(("the-id", "chat.v2"), (metadata.SessionId, metadata.Subprotocol));
        Assert.Null(Requests.Describe(Requests.From(Requests.Peer)).Subprotocol);
    }

    private sealed class Http2Request : HttpRequestFeature
    {
        public Http2Request() => (Protocol, Method, Scheme, RawTarget) = ("HTTP/2", "CONNECT", "https", "/x");
    }
}
