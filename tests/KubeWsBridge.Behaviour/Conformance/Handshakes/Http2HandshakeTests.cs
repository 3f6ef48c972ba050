using System.Net;
using KubeWsBridge.Behaviour.Conformance.Transports;

namespace KubeWsBridge.Behaviour.Conformance.Handshakes;

/// <summary>RFC 8441 sections 4 and 5: the same over HTTP/2.</summary>
public sealed class Http2HandshakeTests(EchoBridge echo) : IClassFixture<EchoBridge>, IDisposable
{
    private readonly Http2Transport _http2 = new();

    [Theory]
    [InlineData("chat.v1", "chat.v1")]
    [InlineData("chat.v1, chat.v2", "chat.v2")]
    [InlineData("soap", null)]
    [InlineData("CHAT.V1", null)]
    [InlineData(null, null)]
    public async Task Rfc8441_5_RightHandshake_IsAccepted(string? offered, string? chosen)
    {
        using var answer = await AskAsync("13", offered, "permessage-deflate");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal(chosen, answer.Headers.TryGetValues("Sec-WebSocket-Protocol", out var names) ? Assert.Single(names) : null);
        foreach (var forbidden in new[] { "Sec-WebSocket-Extensions", "Sec-WebSocket-Accept", "Upgrade", "Connection" })
            Assert.False(answer.Headers.Contains(forbidden), forbidden);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("8")]
    [InlineData("14")]
    [InlineData("013")]
    [InlineData("8, 7")]
    public async Task Rfc6455_4_4_WrongVersion_IsTold13(string? version)
    {
        using var answer = await AskAsync(version);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Equal("13", Assert.Single(answer.Headers.GetValues("Sec-WebSocket-Version")));
    }

    [Theory]
    [InlineData("chat.v1, chat.v1")]
    [InlineData("chat/v1")]
    [InlineData("chat v1")]
    public async Task Rfc6455_4_1_WrongSubprotocols_AreRefused(string offered)
    {
        using var answer = await AskAsync("13", offered);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("connect-udp")]
    [InlineData("websockets")]
    public async Task Rfc8441_4_OtherProtocol_IsRefused(string protocol)
    {
        using var answer = await _http2.AskAsync(echo.Bridge.Port, request =>
        {
            request.Headers.Protocol = protocol;
            request.Headers.Add("Sec-WebSocket-Version", "13");
        });

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Rfc8441_5_RequestThatIsNoConnect_IsRefused(string method)
    {
        using var answer = await _http2.AskAsync(echo.Bridge.Port, request =>
        {
            request.Method = new HttpMethod(method);
            request.Headers.Protocol = null;
            request.Headers.Add("Sec-WebSocket-Version", "13");
        });

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    [Fact]
    public async Task Rfc8441_5_ManyStreams_AreSessionsOfTheirOwn()
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _http2.ConnectAsync(echo.Bridge.Port)));
        await Task.WhenAll(connections.Select((connection, i) =>
            ConformanceRun.RunAsync(ConformanceCase.Echoes($"{i}", "", ClientFrames.Letters(i + 1), ClientFrames.Text(ClientFrames.Letters(i + 1))), connection)));
    }

    /// <inheritdoc/>
    public void Dispose() => _http2.Dispose();

    private Task<HttpResponseMessage> AskAsync(string? version, string? subprotocols = null, string? extensions = null) =>
        _http2.AskAsync(echo.Bridge.Port, request =>
        {
            Add("Sec-WebSocket-Version", version);
            Add("Sec-WebSocket-Protocol", subprotocols);
            Add("Sec-WebSocket-Extensions", extensions);

            void Add(string name, string? value)
            {
                if (value is not null)
                    Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            }
        });
}
