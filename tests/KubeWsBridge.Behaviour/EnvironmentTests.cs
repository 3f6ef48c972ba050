using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

public sealed class EnvironmentTests(EnvironmentTests.Fixture fixture) : IClassFixture<EnvironmentTests.Fixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    private static readonly string[] ReferenceHeaders =
    [
        "Sec-WebSocket-Protocol: chat, superchat", "Origin: https://example.com", "User-Agent: kwb-test/1.0",
        "X-Forwarded-For: 203.0.113.7, 198.51.100.2", "X-Real-IP: 203.0.113.7", "X-Custom: Value Of Mine",
    ];

    [Theory]
    [InlineData("WSS_ENABLED", "1")]
    [InlineData("WSS_CLIENT_IP", "127.0.0.1")]
    [InlineData("WSS_SERVER_HOST", "bridge.test")]
    [InlineData("WSS_SERVER_PORT", "80")]
    [InlineData("WSS_REQUEST_URI", "/dump/room?name=a%20b&x=1")]
    [InlineData("WSS_REQUEST_PATH", "/dump/room")]
    [InlineData("WSS_REQUEST_QUERY", "name=a%20b&x=1")]
    [InlineData("WSS_SEC_WEBSOCKET_PROTOCOL", "chat, superchat")]
    [InlineData("WSS_SEC_WEBSOCKET_VERSION", "13")]
    [InlineData("WSS_ORIGIN", "https://example.com")]
    [InlineData("WSS_USER_AGENT", "kwb-test/1.0")]
    [InlineData("WSS_HOST", "bridge.test")]
    [InlineData("WSS_X_FORWARDED_FOR", "203.0.113.7, 198.51.100.2")]
    [InlineData("WSS_X_REAL_IP", "203.0.113.7")]
    [InlineData("WSS_TCP_HOST", "127.0.0.1")]
    public async Task Variable_OfTheAncestorsTables_HasTheRequestsValue(string variable, string value)
    {
        // One connection serves all rows.
        var dump = await fixture.Reference.Value;

        Assert.Equal(value, dump[variable]);
    }

    [Fact]
    public async Task ConnectionId_Always_IsTheUuidOfTheLog()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/dump");
        var session = await _bridge.OpenedAsync(client);

        var dump = await WorkerDump.ReadAsync(client);

        Assert.Equal(session.Id, dump["WSS_CONNECTION_ID"]);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", dump["WSS_CONNECTION_ID"]);
    }

    [Fact]
    public async Task ConnectionId_OfManyConnections_IsNeverTheSame()
    {
        var dumps = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WorkerDump.GetAsync(_bridge)));

        Assert.Equal(8, dumps.Select(dump => dump["WSS_CONNECTION_ID"]).Distinct().Count());
    }

    [Fact]
    public async Task ClientPort_Always_IsTheSocketsOwn()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/dump");
        var port = ((IPEndPoint)client.Socket.LocalEndPoint!).Port;

        var dump = await WorkerDump.ReadAsync(client);

        Assert.Equal(port.ToString(CultureInfo.InvariantCulture), dump["WSS_CLIENT_PORT"]);
    }

    [Fact]
    public async Task TcpPort_WhenZeroIsConfigured_IsTheRealOne()
    {
        var dump = await WorkerDump.GetAsync(_bridge);

        Assert.NotEqual("0", dump["WSS_TCP_PORT"]);
        Assert.Equal(_bridge.WorkerPort.ToString(CultureInfo.InvariantCulture), dump["WSS_TCP_PORT"]);
    }

    [Fact]
    public async Task TcpPort_WhenOneIsConfigured_IsThatOne()
    {
        var free = FreePort().ToString(CultureInfo.InvariantCulture);
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "--tcp-port", free);

        var dump = await WorkerDump.GetAsync(bridge, "/");

        Assert.Equal(free, dump["WSS_TCP_PORT"]);
    }

    [Fact]
    public async Task RequestHeaders_Always_AreJsonOfAllHeadersInLowerCase()
    {
        var headers = (await fixture.Reference.Value).Headers;

        Assert.Equal("Value Of Mine", headers["x-custom"]);
        Assert.Equal("bridge.test", headers["host"]);
        Assert.Equal("websocket", headers["upgrade"]);
        Assert.Equal("Upgrade", headers["connection"]);
        Assert.Equal("13", headers["sec-websocket-version"]);
        Assert.Equal(24, headers["sec-websocket-key"].Length);
        Assert.Equal(11, headers.Count);
    }

    [Theory]
    [InlineData("WSS_SEC_WEBSOCKET_PROTOCOL")]
    [InlineData("WSS_ORIGIN")]
    [InlineData("WSS_USER_AGENT")]
    [InlineData("WSS_X_FORWARDED_FOR")]
    [InlineData("WSS_X_REAL_IP")]
    [InlineData("WSS_SUBPROTOCOL")]
    public async Task Variable_OfAnAbsentHeader_IsAbsent(string variable)
    {
        var dump = await fixture.Bare.Value;

        Assert.DoesNotContain(variable, dump.Variables);
    }

    [Theory]
    [InlineData("X-Twice: a|X-Twice: b", "x-twice", "a, b")]
    [InlineData("Cookie: a=1|Cookie: b=2; c=3", "cookie", "a=1; b=2; c=3")]
    [InlineData("X-Empty:", "x-empty", "")]
    [InlineData("X-Quote: say \"hi\" \\ there", "x-quote", "say \"hi\" \\ there")]
    public async Task RequestHeaders_OfThisRequest_Have(string lines, string name, string value)
    {
        var dump = await WorkerDump.GetAsync(_bridge, "/dump", lines.Split('|'));

        Assert.Equal(value, dump.Headers[name]);
    }

    [Fact]
    public async Task ForwardedFor_Repeated_IsJoinedInItsVariableToo()
    {
        var dump = await WorkerDump.GetAsync(_bridge, "/dump", "X-Forwarded-For: 203.0.113.1", "X-Forwarded-For: 203.0.113.2");

        Assert.Equal("203.0.113.1, 203.0.113.2", dump["WSS_X_FORWARDED_FOR"]);
    }

    [Fact]
    public async Task HeaderValue_InUtf8_Survives()
    {
        var dump = await WorkerDump.GetAsync(_bridge, "/dump", "User-Agent: " + Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Grüße 世界 🐘")));

        Assert.Equal("Grüße 世界 🐘", dump["WSS_USER_AGENT"]);
        Assert.Equal("Grüße 世界 🐘", dump.Headers["user-agent"]);
    }

    [Fact]
    public async Task HeaderValue_InLatin1_ReachesTheWorkerAsUtf8()
    {
        var dump = await WorkerDump.GetAsync(_bridge, "/dump", "User-Agent: Gr\u00fc\u00dfe", "X-Other: caf\u00e9");

        Assert.Equal("Grüße", dump["WSS_USER_AGENT"]);
        Assert.Equal("café", dump.Headers["x-other"]);
    }

    [Theory]
    [InlineData("/dump", "/dump", "")]
    [InlineData("/dump?", "/dump", "")]
    [InlineData("/dump?a?b", "/dump", "a?b")]
    [InlineData("/dump/%C3%A4%20%2F?q=%26&r=+", "/dump/%C3%A4%20%2F", "q=%26&r=+")]
    [InlineData("/dump//double/", "/dump//double/", "")]
    [InlineData("/dump/a;b=c?d[]=1&d[]=2", "/dump/a;b=c", "d[]=1&d[]=2")]
    public async Task Request_SplitsAtTheFirstQuestionMark_AndStaysEncoded(string uri, string path, string query)
    {
        var dump = await WorkerDump.GetAsync(_bridge, uri);

        Assert.Equal((uri, path, query), (dump["WSS_REQUEST_URI"], dump["WSS_REQUEST_PATH"], dump["WSS_REQUEST_QUERY"]));
    }

    [Theory]
    [InlineData("example.org:8443", "example.org", "8443")]
    [InlineData("[::1]:9000", "::1", "9000")]
    [InlineData("192.0.2.1", "192.0.2.1", "80")]
    public async Task Server_IsTakenFromHost(string header, string host, string port)
    {
        var dump = await WorkerDump.GetAsync(_bridge.Port, "GET /dump HTTP/1.1", "Host: " + header);

        Assert.Equal((header, host, port), (dump["WSS_HOST"], dump["WSS_SERVER_HOST"], dump["WSS_SERVER_PORT"]));
    }

    [Fact]
    public async Task ForwardedHeaders_FromAnUntrustedPeer_AreShownButNotBelieved()
    {
        var dump = await fixture.Reference.Value;

        Assert.Equal("203.0.113.7", dump["WSS_X_REAL_IP"]);
        Assert.Equal("127.0.0.1", dump["WSS_CLIENT_IP"]);
    }

    [Fact]
    public async Task BridgesOwnVariables_NeverReachTheWorker_ButOthersDo()
    {
        var environment = new Dictionary<string, string>
        {
            ["WSS_CONFIG_MAX_CONNECTIONS"] = "7",
            ["WSS_ORIGIN"] = "stale",
            ["WSS_CUSTOM"] = "not passed on either",
            ["APP_SETTING"] = "kept ünicode",
        };
        await using var bridge = await BridgeProcess.StartAsync(
            ["--php-executable", BridgeProcess.PhpPath, "--script", BridgeProcess.Handler("dump.php")], environment);

        var dump = await WorkerDump.GetAsync(bridge, "/");

        Assert.DoesNotContain(dump.Variables, name => name.StartsWith("WSS_CONFIG_", StringComparison.Ordinal));
        Assert.Null(dump["WSS_ORIGIN"]);
        Assert.Null(dump["WSS_CUSTOM"]);
        Assert.Equal("kept ünicode", dump["APP_SETTING"]);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), dump["PATH"]);
    }

    [Fact]
    public async Task TrustedProxy_ThatForwards_IsBelieved()
    {
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "--trusted-proxy", "127.0.0.0/8");

        var dump = await WorkerDump.GetAsync(bridge, "/",
            "X-Forwarded-For: 10.9.9.9, 203.0.113.7", "X-Forwarded-Proto: https", "X-Forwarded-Host: www.example.com", "X-Forwarded-Port: 8443");

        Assert.Equal("203.0.113.7", dump["WSS_CLIENT_IP"]);
        Assert.Equal("www.example.com", dump["WSS_SERVER_HOST"]);
        Assert.Equal("8443", dump["WSS_SERVER_PORT"]);
        Assert.Equal("bridge.test", dump["WSS_HOST"]);
        Assert.Equal("10.9.9.9, 203.0.113.7", dump["WSS_X_FORWARDED_FOR"]);
    }

    [Fact]
    public async Task TrustedProxy_ThatForwardsHttpsWithoutPort_MakesIt443()
    {
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "--trusted-proxy", "loopback");

        var dump = await WorkerDump.GetAsync(bridge, "/", "X-Real-IP: 203.0.113.9", "X-Forwarded-Proto: https");

        Assert.Equal(("203.0.113.9", "443"), (dump["WSS_CLIENT_IP"], dump["WSS_SERVER_PORT"]));
    }

    [Theory]
    [InlineData(1, "203.0.113.7", "56324")]
    [InlineData(2, "203.0.113.8", "4660")]
    [InlineData(6, "2001:db8::7", "56324")]
    [InlineData(0, "127.0.0.1", null)]
    public async Task ProxyProtocol_FromATrustedProxy_GivesTheClient(int header, string address, string? port)
    {
        await using var client = await RawClient.TcpAsync((await fixture.Proxied.Value).Port);
        byte[] first = header switch
        {
            1 => "PROXY TCP4 203.0.113.7 192.0.2.1 56324 443\r\n"u8.ToArray(),
            2 => [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, 12, 203, 0, 113, 8, 192, 0, 2, 1, 0x12, 0x34, 0x01, 0xBB],
            6 => "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443\r\n"u8.ToArray(),
            _ => [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x20, 0x00, 0, 0], // LOCAL: the proxy's own connection
        };

        await client.SendAsync([.. first, .. RawClient.Handshake("/dump")]);
        await client.ReadResponseAsync();
        var dump = await WorkerDump.ReadAsync(client);

        Assert.Equal(address, dump["WSS_CLIENT_IP"]);
        Assert.Equal(port ?? ((IPEndPoint)client.Socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture), dump["WSS_CLIENT_PORT"]);
    }

    [Fact]
    public async Task ProxyProtocol_WithoutAHeader_CutsTheConnection()
    {
        await using var client = await RawClient.TcpAsync((await fixture.Proxied.Value).Port);

        await client.SendAsync(RawClient.Handshake("/dump"));

        Assert.Null(await client.ReadExactlyAsync(1));
    }

    [Fact]
    public async Task Subprotocol_WhenChosen_IsTold()
    {
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "--subprotocol", "v2.chat", "--subprotocol", "v1.chat");

        var dump = await WorkerDump.GetAsync(bridge, "/", "Sec-WebSocket-Protocol: v1.chat, v2.chat");

        Assert.Equal(("v2.chat", "v1.chat, v2.chat"), (dump["WSS_SUBPROTOCOL"], dump["WSS_SEC_WEBSOCKET_PROTOCOL"]));
    }

    [Fact]
    public async Task PhpArguments_StandBeforeTheScript()
    {
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "-a", "-d", "-a", "memory_limit=33M");

        var dump = await WorkerDump.GetAsync(bridge, "/");

        Assert.Equal("33M", dump.MemoryLimit);
        Assert.Equal([BridgeProcess.Handler("dump.php")], dump.Arguments);
    }

    [Fact]
    public async Task Directory_IsTheBridgesOwn_UnlessConfigured()
    {
        using var scratch = new Scratch();
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "--working-directory", scratch.Folder);

        Assert.Equal(scratch.Folder, (await WorkerDump.GetAsync(bridge, "/")).Directory);
        Assert.Equal(ProcessTable.WorkingDirectory(_bridge.Id), (await WorkerDump.GetAsync(_bridge)).Directory);
    }

    [Fact]
    public async Task Headers_Of64KiB_ReachTheWorkerWhole()
    {
        var lines = Enumerable.Range(0, 16).Select(i => $"X-Long-{i}: {new string((char)('a' + i), 4000)}").ToArray();

        var dump = await WorkerDump.GetAsync(_bridge, "/dump", lines);

        for (var i = 0; i < 16; i++)
            Assert.Equal(new string((char)('a' + i), 4000), dump.Headers[$"x-long-{i}"]);
    }

    [Fact]
    public async Task Headers_BeyondAllBounds_AreRefusedWith431()
    {
        var lines = Enumerable.Range(0, 30).Select(i => $"X-Long-{i}: {new string('a', 4000)}").ToArray();

        await using var client = await RawClient.HandshakeAsync(_bridge.Port, "/dump", lines);

        Assert.Equal(431, client.Status);
    }

    [Fact]
    public async Task Headers_TooLongForAnEnvironmentString_AreRefusedWith431()
    {
        // Each quote is two bytes in JSON, so what the server takes is still too much for the environment.
        var path = Tag.Path("dump");
        var lines = Enumerable.Range(0, 20).Select(i => $"X-Long-{i}: {new string('"', 4000)}").ToArray();

        await using var client = await RawClient.HandshakeAsync(_bridge.Port, path, lines);

        Assert.Equal(431, client.Status);
        Assert.StartsWith("headers-too-large. WSS_REQUEST_HEADERS is too long.", await _bridge.RefusedAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_InPython_GetsTheSameVariables()
    {
        var dump = await WorkerDump.GetAsync(_bridge, "/dump-python/x?y=1", "User-Agent: snake");

        Assert.Equal(("1", "/dump-python/x?y=1", "snake"), (dump["WSS_ENABLED"], dump["WSS_REQUEST_URI"], dump["WSS_USER_AGENT"]));
    }

    [Fact]
    public async Task Worker_InShell_GetsTheSameVariables()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/dump-bash/x?y=1", "User-Agent: snail");

        var ending = await client.ReadToCloseAsync();

        Assert.Equal(1000, ending.Code);
        var lines = ending.Text.Split('\n');
        Assert.Contains("WSS_REQUEST_URI=/dump-bash/x?y=1", lines);
        Assert.Contains("WSS_USER_AGENT=snail", lines);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public sealed class Fixture : BridgeFixture
    {
        public Fixture()
        {
            Reference = new(() => WorkerDump.GetAsync(Bridge, "/dump/room?name=a%20b&x=1", ReferenceHeaders));
            Bare = new(() => WorkerDump.GetAsync(Bridge));
            Proxied = new(() => BridgeProcess.StartWithHandlersAsync("--proxy-protocol", "--trusted-proxy", "loopback"));
        }

        public Lazy<Task<WorkerDump>> Reference { get; }

        public Lazy<Task<WorkerDump>> Bare { get; }

        public Lazy<Task<BridgeProcess>> Proxied { get; }

        public override async Task DisposeAsync()
        {
            if (Proxied.IsValueCreated)
                await (await Proxied.Value).DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
