using System.Diagnostics;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>Who is let in, for how long, and that every place comes back.</summary>
public sealed class LimitTests(LimitTests.Fixture fixture) : IClassFixture<LimitTests.Fixture>
{
    [Theory]
    [InlineData(503, "--max-connections", "2")]
    [InlineData(503, "--max-processes", "2")]
    [InlineData(429, "--max-connections-per-address", "2")]
    public async Task Limit_WhenReached_RefusesUntilAPlaceIsFree(int status, params string[] arguments)
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", arguments);
        var first = await RawClient.ConnectAsync(bridge.Port);
        await using var second = await RawClient.ConnectAsync(bridge.Port);

        for (var i = 0; i < 3; i++)
        {
            await using var third = await RawClient.HandshakeAsync(bridge.Port);
            Assert.Equal(status, third.Status);
            Assert.Contains("\r\nRetry-After: ", third.Response, StringComparison.Ordinal);
        }

        await EchoesAsync(second);
        var session = await bridge.OpenedAsync(first);
        await first.DisposeAsync();
        await bridge.ClosedAsync(session);
        await using var fourth = await RawClient.ConnectAsync(bridge.Port);
        await EchoesAsync(fourth);
    }

    [Theory]
    [InlineData("--max-connections")]
    [InlineData("--max-processes")]
    public async Task AutoLimit_WithoutMemory_Refuses(string limit)
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync(limit, "auto", "--worker-memory", "1024g");

        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/echo");

        Assert.Equal(503, client.Status);
        Assert.Contains("\r\nRetry-After: ", client.Response, StringComparison.Ordinal);
        await bridge.LoggedAsync("memory-limit");
    }

    [Fact]
    public async Task AutoLimits_WithMemory_LetInMoreThanTheNumbersWould()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("-M", "auto", "-m", "auto", "--worker-memory", "128k");
        var clients = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => RawClient.ConnectAsync(bridge.Port, "/echo")));

        foreach (var client in clients)
            await EchoesAsync(client);

        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
    }

    [Theory]
    [InlineData("exit-early", "", 502)]
    [InlineData("never-connect", "", 504)]
    [InlineData("hello", "?hello=nonsense%0A", 502)]
    public async Task Place_AfterAFailedLaunch_IsFreeAgain(string handler, string query, int status)
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync(
            "--max-connections", "1", "--max-processes", "1", "--php-connect-timeout", handler == "never-connect" ? "300ms" : "30s");

        for (var i = 0; i < 3; i++)
            Assert.Equal(status, await StatusOnceAsync(bridge, $"/{handler}{query}"));

        await using var client = await EnteredAsync(bridge, "/echo");
        await EchoesAsync(client);
    }

    [Fact]
    public async Task Place_AfterRefusals_WasNeverTaken()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--max-connections", "1", "--max-processes", "1", "--origin", "https://example.com");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(404, await StatusOnceAsync(bridge, "/nowhere"));
            Assert.Equal(403, await StatusOnceAsync(bridge, "/echo", "Origin: https://evil.test"));
            Assert.Equal(400, await StatusOnceAsync(bridge, "/echo", "Sec-WebSocket-Protocol: a, a"));
            Assert.Equal(426, await StatusOnceAsync(bridge, "/echo", "Sec-WebSocket-Version: 12"));
            Assert.Equal(431, await StatusOnceAsync(bridge, "/echo", [.. Enumerable.Range(0, 20).Select(n => $"X-{n}: {new string('"', 4000)}")]));
        }

        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await EchoesAsync(client);
    }

    [Fact]
    public async Task Place_OfAWorkerThatIsStillEnding_IsNotGivenAway()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync(
            "--max-processes", "1", "--worker-grace", "1h", "--tail-timeout", "50ms", "--drain-timeout", "100ms");
        await using var first = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        var session = await bridge.OpenedAsync(first);
        await first.ReadUntilAsync("ready");
        await first.SendCloseAsync(1000);
        await first.ReadToCloseAsync();

        await using var second = await RawClient.HandshakeAsync(bridge.Port, "/echo");

        Assert.Equal(503, second.Status);
        Assert.StartsWith("worker-limit. ", await bridge.RefusedAsync("/echo"), StringComparison.Ordinal);
        Assert.True(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task AddressLimit_CountsTheClientsBehindATrustedProxy()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--max-connections-per-address", "1", "--trusted-proxy", "loopback");
        await using var first = await RawClient.ConnectAsync(bridge.Port, "/", "X-Forwarded-For: 203.0.113.1");
        await using var other = await RawClient.ConnectAsync(bridge.Port, "/", "X-Forwarded-For: 203.0.113.2");

        await using var again = await RawClient.HandshakeAsync(bridge.Port, "/", "X-Forwarded-For: 203.0.113.1");

        Assert.Equal(429, again.Status);
    }

    [Fact]
    public async Task ConnectRate_WhenExceeded_RefusesThatAddressAlone()
    {
        await using var bridge = await BridgeProcess.StartAsync("dump.php", "--connect-rate", "1.5", "--trusted-proxy", "loopback");

        // Bursts of twice the rate: three at once, and as long as these take, little more.
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => StatusAsync("203.0.113.1")));
        var other = await StatusAsync("203.0.113.2");

        Assert.InRange(statuses.Count(status => status == 101), 3, 11);
        Assert.All(statuses, status => Assert.True(status is 101 or 429, $"{status}"));
        Assert.Equal(101, other);

        async Task<int> StatusAsync(string address)
        {
            await using var client = await RawClient.HandshakeAsync(bridge.Port, "/", "X-Forwarded-For: " + address);
            return client.Status;
        }
    }

    [Theory]
    [InlineData("https://example.com", 101)]
    [InlineData("https://EXAMPLE.com", 101)]
    [InlineData("https://example.com:443", 101)]
    [InlineData("https://app.example.org", 101)]
    [InlineData("https://deep.app.example.org", 101)]
    [InlineData(null, 101)] // no browser
    [InlineData("http://example.com", 403)]
    [InlineData("https://example.com:8443", 403)]
    [InlineData("https://example.com.evil.test", 403)]
    [InlineData("https://example.org", 403)]
    [InlineData("https://evil.test/https://example.com", 403)]
    [InlineData("null", 403)]
    [InlineData("", 403)]
    public async Task Origin_WithAList_IsChecked(string? origin, int status)
    {
        var bridge = fixture.Bridge;

        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/", origin is null ? [] : ["Origin: " + origin]);

        Assert.Equal(status, client.Status);
    }

    [Fact]
    public async Task ConnectionTimeout_WhenOver_ClosesWith1001AndEndsTheWorker()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--connection-timeout", "1");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var session = await bridge.OpenedAsync(client);

        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1001, "The connection's time is over; reconnect."), (ending.Code, ending.Reason));
        await bridge.ClosedAsync(session);
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task PhpTimeout_WhenOver_ClosesWith1011AndSigtermsTheWorker()
    {
        using var scratch = new Scratch();
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--php-timeout", "1", "--worker-grace", "1h", "--terminate-grace", "1h");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/term?file=" + scratch.File("saved"));
        var session = await bridge.OpenedAsync(client);

        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1011, "The worker's time is over."), (ending.Code, ending.Reason));
        await bridge.ClosedAsync(session);
        Assert.True(File.Exists(scratch.File("saved")));
    }

    [Fact]
    public async Task Heartbeat_PingsASilentClientAgainAndAgain_AndLetsOneThatAnswersLive()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--heartbeat-interval", "500ms");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        // Five intervals: a client that did not count as alive would be gone after two.
        for (var i = 0; i < 5; i++)
        {
            var ping = await client.ReadFrameAsync();
            Assert.Equal(9, ping?.Opcode);
            await client.SendFrameAsync(10, ping!.Payload);
        }

        await client.SendTextAsync("alive");
        ReceivedFrame? frame;
        do
            frame = await client.ReadFrameAsync();
        while (frame is { Opcode: 9 });
        Assert.Equal("alive", frame?.Text);
    }

    [Fact]
    public async Task Heartbeat_OfASilentClient_EndsItAndItsWorkerWithinTwoIntervals()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--heartbeat-interval", "1s");
        var clock = Stopwatch.StartNew();
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var session = await bridge.OpenedAsync(client);

        var (_, code) = await client.ReadToEndAsync();

        Assert.Equal(1001, code);
        Assert.InRange(clock.Elapsed.TotalSeconds, 1.9, double.MaxValue); // not before two intervals; a slow machine may be later
        Assert.StartsWith("heartbeat-timeout (1001) ", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Heartbeat_OfAClientThatOnlySends_LetsItLive()
    {
        await using var bridge = await BridgeProcess.StartAsync("collect.php", "--heartbeat-interval", "400ms");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var session = await bridge.OpenedAsync(client);

        // It answers no ping in six intervals, but it is heard.
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(2.4);)
        {
            await client.SendFrameAsync(2, [1]);
            await Task.Delay(20);
        }

        await client.SendCloseAsync(1000);
        Assert.StartsWith("client-closed (1000) ", await bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nUpgr")]
    [InlineData("PRI * HTTP/2.0\r\n")]
    public async Task HeaderTimeout_OfASlowRequest_CutsItAndTakesNoPlace(string start)
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--header-timeout", "1s", "--max-connections", "1");
        await using var slow = await RawClient.TcpAsync(bridge.Port);
        await slow.SendAsync(Encoding.ASCII.GetBytes(start));

        await using var other = await RawClient.ConnectAsync(bridge.Port);
        await EchoesAsync(other);

        // Either nothing or a 408 before the end.
        while (await slow.ReadExactlyAsync(1) is not null)
        {
        }

        Assert.Equal(0, bridge.CountLogged("error"));
    }

    [Fact]
    public async Task HeaderTimeout_OfATricklingRequest_CutsIt()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--header-timeout", "1s");
        await using var slow = await RawClient.TcpAsync(bridge.Port);

        await slow.SendAsync("GET / HTTP/1.1\r\n"u8.ToArray());
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (var i = 0; i < 3000; i++)
            {
                await slow.SendAsync("X"u8.ToArray());
                await Task.Delay(10);
            }
        });
    }

    [Theory]
    [InlineData(400, "GET / HTTP/1.0|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(400, "POST / HTTP/1.1|Host: x|Content-Length: 0|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(400, "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13")]
    [InlineData(400, "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAAA")]
    [InlineData(400, "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(400, "GET / HTTP/1.1|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(426, "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 8|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(426, "GET / HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(426, "GET / HTTP/1.1|Host: x|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(426, "GET / HTTP/1.1|Host: x|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(426, "GET / HTTP/1.1|Host: x|Upgrade: h2c|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(101, "GET / HTTP/1.1|Host: x|upgrade: WebSocket|connection: keep-alive, UPGRADE|sec-websocket-version: 13|sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData(101, "GET http://x/ HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    public async Task Handshake_OfThisForm_GetsThisStatus(int status, string lines)
    {
        var bridge = fixture.Bridge;
        await using var client = await RawClient.TcpAsync(bridge.Port);

        await client.SendAsync(Encoding.ASCII.GetBytes(lines.Replace("|", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"));
        await client.ReadResponseAsync();

        Assert.Equal(status, client.Status);
        if (status == 101)
            Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", client.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadConnections_Many_LeaveTheBridgeServing()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--max-connections", "1");
        byte[][] junk =
        [
            [0x16, 0x03, 0x01, 0x02, 0x00], // TLS to a plain port
            "\0\0\0\0\r\n\r\n"u8.ToArray(),
            "GET\r\n\r\n"u8.ToArray(),
            "GET / HTTP/9.9\r\n\r\n"u8.ToArray(),
            "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(),
        ];

        for (var i = 0; i < 40; i++)
        {
            await using var client = await RawClient.TcpAsync(bridge.Port);
            await client.SendAsync(junk[i % junk.Length]);
            if (i % 2 == 0)
                client.Reset();
        }

        await using var good = await RawClient.ConnectAsync(bridge.Port);
        await EchoesAsync(good);
    }

    private static async Task EchoesAsync(RawClient client)
    {
        await client.SendTextAsync("echo");
        Assert.Equal("echo"u8.ToArray(), await client.ReadDataAsync(4));
    }

    /// <summary>The status, once the place that a failed launch held for a moment is free.</summary>
    private static async Task<int> StatusOnceAsync(BridgeProcess bridge, string path, params string[] headers)
    {
        await using var client = await TriedAsync(bridge, path, status => status == 503, headers);
        return client.Status;
    }

    private static async Task<RawClient> EnteredAsync(BridgeProcess bridge, string path)
    {
        // A good worker too may be late where a test wants the late ones refused soon, and gives its place back like them.
        var client = await TriedAsync(bridge, path, status => status is 503 or 504);
        Assert.True(client.Status == 101, client.Response);
        return client;
    }

    // The answer goes out before the last of the worker is cleared away.
    private static async Task<RawClient> TriedAsync(BridgeProcess bridge, string path, Func<int, bool> again, params string[] headers)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            var client = await RawClient.HandshakeAsync(bridge.Port, path, headers);
            if (!again(client.Status) || clock.Elapsed > RawClient.Patience)
                return client;
            await client.DisposeAsync();
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public BridgeProcess Bridge { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Bridge = await BridgeProcess.StartAsync("echo.php", "--origin", "https://example.com", "--origin", "https://*.example.org");

        public async Task DisposeAsync() => await Bridge.DisposeAsync();
    }
}
