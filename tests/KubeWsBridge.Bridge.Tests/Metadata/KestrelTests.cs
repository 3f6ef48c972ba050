using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Metadata.ProxyProtocol;
using KubeWsBridge.Bridge.Tests.Admission;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Bridge.Tests.Metadata;

/// <summary>Admission and metadata as the real server shows requests to them.</summary>
public sealed class KestrelTests : IAsyncLifetime
{
    private static readonly string Handshake =
        $"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Handshakes.Key}\r\n";

    private readonly ConcurrentQueue<(string? Refusal, SessionMetadata Metadata)> _seen = new();
    private readonly WebApplication _server;

    public KestrelTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        TrustedProxies proxies = new([IPNetwork.Parse("127.0.0.0/8")]);
        ProxyProtocolMiddleware middleware = new(
            () => proxies, TimeSpan.FromSeconds(5), TimeProvider.System, NullLogger<ProxyProtocolMiddleware>.Instance);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(middleware.Use));
        });
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private int Port(int listener) => new Uri(_server.Urls.ElementAt(listener)).Port;

    private async Task AnswerAsync(HttpContext context)
    {
        var refusal = HandshakeValidator.Validate(context, out var detail);
        _seen.Enqueue((refusal?.Name, Requests.Reader("127.0.0.0/8").Describe(context, "id", null)));
        if (refusal is not null)
            await RefusalResponse.WriteAsync(context, refusal, detail, () => 0.5);
        else if (context.Request.Protocol == HttpProtocol.Http11)
            context.Response.Headers.Connection = "close";
    }

    private async Task<string> ExchangeAsync(byte[] request, int listener = 0)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port(listener));
        await using var stream = client.GetStream();
        await stream.WriteAsync(request);
        // No half-close here: Kestrel takes the client's FIN for a disconnect and drops the answer.
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private Task<string> ExchangeAsync(string request, int listener = 0) => ExchangeAsync(Encoding.UTF8.GetBytes(request), listener);

    private (string? Refusal, SessionMetadata Metadata) Seen()
    {
        Assert.True(_seen.TryDequeue(out var seen));
        return seen;
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", true, null)]
    [InlineData("GET / HTTP/1.0", true, "bad-handshake")]
    [InlineData("POST / HTTP/1.1", true, "bad-handshake")]
    [InlineData("GET / HTTP/1.1", false, "not-websocket")]
    public async Task Handshake_OverHttp1_Judged(string line, bool upgrade, string? refusal)
    {
        var answer = await ExchangeAsync($"{line}\r\nHost: a.example\r\n{(upgrade ? Handshake : "")}\r\n");
        Assert.False(_seen.IsEmpty, answer);
        Assert.Equal(refusal, Seen().Refusal);
    }

    [Fact]
    public async Task Refusal_OnTheWire_ConnectionClosedAfterWholeAnswer()
    {
        var answer = await ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\nGET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 426 Upgrade Required\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nUpgrade: websocket\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: Upgrade, close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("This is a WebSocket endpoint", answer, StringComparison.Ordinal);
        Assert.Single(_seen);
    }

    [Fact]
    public async Task Describe_OverHttp1_TargetAndHeadersAsSent()
    {
        byte[] request =
        [
            .. Encoding.UTF8.GetBytes($"GET http://a.example:81/x%2Fy/../z?q=%20 HTTP/1.1\r\nHost: a.example:81\r\n{Handshake}"),
            .. "X-Utf8: Gr\u00FC\u00DFe \u65E5\u672C\r\nX-Latin: Gr"u8, 0xFC, 0xDF, .. "e\r\nx-utf8: two\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n"u8,
        ];
        await ExchangeAsync(request);

        var (refusal, metadata) = Seen();
        Assert.Null(refusal);
        Assert.Equal("/x%2Fy/../z?q=%20", metadata.RequestUri);
        Assert.Equal(("a.example", 81, false), (metadata.ServerHost, metadata.ServerPort, metadata.Secure));
        Assert.Equal("Grüße 日本, two", metadata.Header("x-utf8"));
        Assert.Equal("Grüße", metadata.Header("x-latin"));
        Assert.Equal("a=1; b=2", metadata.Header("cookie"));
        Assert.Equal(Handshakes.Key, metadata.Header("sec-websocket-key"));
        Assert.Equal(IPAddress.Loopback, metadata.Client.Address);
    }

    [Fact]
    public async Task Describe_Http10WithoutHost_LocalEndPoint()
    {
        await ExchangeAsync("GET / HTTP/1.0\r\n\r\n");
        var metadata = Seen().Metadata;
        Assert.Equal(("127.0.0.1", Port(0)), (metadata.ServerHost, metadata.ServerPort));
        Assert.Null(metadata.Header("host"));
    }

    [Fact]
    public async Task Describe_OverHttp2_HostFromAuthorityAndNoPseudoHeaders()
    {
        using var client = new ClientWebSocket();
        client.Options.HttpVersion = HttpVersion.Version20;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.Options.SetRequestHeader("X-Test", "1");
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        // The server answers 200 and ends the stream, which is all that is needed here.
        try
        {
            await client.ConnectAsync(new($"ws://localhost:{Port(1)}/x%2Fy?q=1"), invoker, CancellationToken.None);
        }
        catch (WebSocketException)
        {
        }

        var (refusal, metadata) = Seen();
        Assert.Null(refusal);
        Assert.Equal("/x%2Fy?q=1", metadata.RequestUri);
        Assert.Equal($"localhost:{Port(1)}", metadata.Header("host"));
        Assert.Equal("1", metadata.Header("x-test"));
        Assert.DoesNotContain(metadata.Headers, header => header.Key.StartsWith(':'));
        Assert.Equal(("localhost", Port(1)), (metadata.ServerHost, metadata.ServerPort));
    }

    [Fact]
    public async Task Refusal_OverHttp2_StatusAndReason()
    {
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.GetAsync(new Uri($"http://localhost:{Port(1)}/"));
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.StartsWith("This is a WebSocket endpoint", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxyProtocol_Header_ClientEverywhere()
    {
        await ExchangeAsync(
            $"PROXY TCP4 198.51.100.1 203.0.113.9 5000 443\r\nGET / HTTP/1.0\r\nX-Forwarded-For: 1.2.3.4\r\n{Handshake}\r\n", listener: 2);
        var metadata = Seen().Metadata;
        Assert.Equal(IPEndPoint.Parse("198.51.100.1:5000"), metadata.Client);
        Assert.Equal(("203.0.113.9", 443), (metadata.ServerHost, metadata.ServerPort));
    }

    [Fact]
    public async Task ProxyProtocol_Missing_NoAnswer()
    {
        string answer;
        try
        {
            answer = await ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", listener: 2);
        }
        catch (IOException)
        {
            answer = "";
        }
        Assert.Equal("", answer);
        Assert.Empty(_seen);
    }
}
