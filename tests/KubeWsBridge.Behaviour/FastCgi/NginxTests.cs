using System.Net;
using System.Text.Json;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>A site and its WebSockets on one port, as docs/nginx.md puts them together.</summary>
public sealed class NginxTests(NginxTests.Fixture fixture) : IClassFixture<NginxTests.Fixture>
{
    private readonly NginxServer _nginx = fixture.Nginx;

    [Theory]
    [InlineData("/")]
    [InlineData("/index.php?x=1")]
    [InlineData("/echo")]
    [InlineData("/any/path?a=%20b")]
    public async Task Page_ByAnyPath_ComesFromTheSite(string path)
    {
        using var http = new HttpClient();
        Assert.Equal($"page {path} for 127.0.0.1", await http.GetStringAsync($"http://127.0.0.1:{_nginx.Port}{path}"));
    }

    [Theory]
    [InlineData("/echo")] // a worker of PHP-FPM
    [InlineData("/process/echo")] // a process
    [InlineData("/echo/index.php")] // a path the site has rules for
    public async Task WebSocket_ThroughTheSamePort_ReachesItsWorker(string path)
    {
        await using var client = await RawClient.ConnectAsync(_nginx.Port, path);
        await client.SendTextAsync("hello");
        Assert.Equal("hello", await client.ReadUntilAsync("hello"));
        await client.SendCloseAsync(4321, "bye");
        Assert.Equal(4321, (await client.ReadToCloseAsync()).Code);
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("WebSocket")]
    [InlineData("WEBSOCKET")]
    public async Task WebSocket_UpgradeInAnyCase_IsOne(string token)
    {
        await using var client = await RawClient.TcpAsync(_nginx.Port);
        await client.SendAsync(System.Text.Encoding.ASCII.GetBytes(
            $"GET /echo HTTP/1.1\r\nHost: site.test\r\nUpgrade: {token}\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        await client.ReadResponseAsync();
        Assert.Equal(101, client.Status);
    }

    [Fact]
    public async Task WebSocket_Worker_SeesWhatTheClientSent()
    {
        // From another address than nginx's own, which the bridge trusts.
        await using var client = await RawClient.TcpAsync(_nginx.Port, socket => socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0)));
        await client.SendAsync(RawClient.Handshake("/env/a%2Fb//c?x=%20&y=1+2", "X-Forwarded-For: 203.0.113.9"));
        await client.ReadResponseAsync();
        using var found = JsonDocument.Parse((await client.ReadToCloseAsync()).Data);
        var variables = found.RootElement.GetProperty("variables");
        string? Variable(string name) => variables.GetProperty(name).GetString();

        Assert.Equal(("/env/a%2Fb//c?x=%20&y=1+2", "x=%20&y=1+2"), (Variable("WSS_REQUEST_URI"), Variable("WSS_REQUEST_QUERY")));

        // What the client claims of its address is not believed: nginx itself saw another.
        Assert.Equal("127.0.0.2", Variable("WSS_CLIENT_IP"));
        Assert.Equal("203.0.113.9, 127.0.0.2", Variable("WSS_X_FORWARDED_FOR"));
        Assert.Equal("bridge.test", Variable("WSS_SERVER_HOST"));
        Assert.Equal($"{_nginx.Port}", Variable("WSS_SERVER_PORT"));
    }

    [Fact]
    public async Task Refusal_OfTheBridge_ComesThroughWithItsRetryAfter()
    {
        await using var first = await RawClient.ConnectAsync(_nginx.Port, "/single");
        await using var second = await RawClient.HandshakeAsync(_nginx.Port, "/single");

        Assert.Equal(503, second.Status);
        Assert.Matches("Retry-After: [0-9]+\r\n", second.Response);
    }

    [Fact]
    public async Task InnerLocation_AskedForByAClient_IsNotThere()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"http://127.0.0.1:{_nginx.Port}/.kubewsbridge");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void ProxyDirectives_InsideIf_AreWhatNginxRejects()
    {
        var (code, words) = NginxServer.Examine(
            "server { listen 127.0.0.1:1; location / { if ($http_upgrade = websocket) { proxy_pass http://127.0.0.1:2; proxy_http_version 1.1; } } }");

        Assert.NotEqual(0, code);
        Assert.Contains("\"proxy_http_version\" directive is not allowed here", words, StringComparison.Ordinal);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly string _configuration = Path.Combine(AppContext.BaseDirectory, $"nginx-{Environment.ProcessId}.yaml");
        private FpmServer _fpm = null!;
        private BridgeProcess _bridge = null!;

        public NginxServer Nginx { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            _fpm = await FpmServer.StartAsync(workers: 10);
            await File.WriteAllTextAsync(_configuration, $"""
                fastcgiAddress: "{_fpm.Address}"
                fastcgiWorkers: 10
                fastcgiReserve: 4
                trustedProxies: [127.0.0.1]
                routes:
                  - path: /echo/*
                    launcher: fastcgi
                    script: {BridgeProcess.Handler("echo.php")}
                  - path: /env/*
                    launcher: fastcgi
                    script: {BridgeProcess.Handler("FastCgi/env.php")}
                  - path: /process/*
                    launcher: process
                    phpExecutable: {BridgeProcess.PhpPath}
                    script: {BridgeProcess.Handler("echo.php")}
                  - path: /single
                    maxConnections: 1
                    launcher: fastcgi
                    script: {BridgeProcess.Handler("echo.php")}
                """);
            _bridge = await BridgeProcess.StartAsync(["--config", _configuration]);
            Nginx = await NginxServer.StartAsync(_bridge, _fpm);
        }

        public async Task DisposeAsync()
        {
            await Nginx.DisposeAsync();
            await _bridge.DisposeAsync();
            await _fpm.DisposeAsync();
            File.Delete(_configuration);
        }
    }
}
