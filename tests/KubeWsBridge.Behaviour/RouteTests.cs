using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>What a configuration file can say, seen from outside.</summary>
public sealed class RouteTests(RouteTests.Fixture fixture) : IClassFixture<RouteTests.Fixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Theory]
    [InlineData("/exact", "exact")]
    [InlineData("/exact?x=1", "exact")]
    [InlineData("/exact/", null)]
    [InlineData("/exact/below", null)]
    [InlineData("/exactly", null)]
    [InlineData("/EXACT", null)]
    [InlineData("/prefix", "prefix")]
    [InlineData("/prefix/", "prefix")]
    [InlineData("/prefix/a/b", "prefix")]
    [InlineData("/prefix2", null)]
    [InlineData("/prefix/longer", "longer")]
    [InlineData("/prefix/longer/x", "longer")]
    [InlineData("/prefix/longer/exact", "longer-exact")]
    [InlineData("/prefix/longest", "prefix")]
    [InlineData("/%65xact", "exact")]
    [InlineData("/prefix/../exact", "exact")]
    [InlineData("/", null)]
    public async Task Path_IsServedByTheLongestMatch(string path, string? marker)
    {
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, path);

        Assert.Equal(marker is null ? 404 : 101, client.Status);
        if (marker is not null)
            Assert.Equal([marker], (await WorkerDump.ReadAsync(client)).Arguments.Skip(1).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("v1.chat", "v1.chat")]
    [InlineData("v1.chat, v2.chat", "v2.chat")]
    [InlineData("other, v1.chat", "v1.chat")]
    [InlineData("other", null)]
    [InlineData("V1.CHAT", null)]
    [InlineData(null, null)]
    public async Task Subprotocol_OfTheRoute_IsChosenAndEchoed(string? offered, string? chosen)
    {
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, "/talks", offered is null ? [] : ["Sec-WebSocket-Protocol: " + offered]);

        Assert.Equal(101, client.Status);
        Assert.Equal(chosen is not null, client.Response.Contains("Sec-WebSocket-Protocol: " + (chosen ?? ""), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(chosen, (await WorkerDump.ReadAsync(client))["WSS_SUBPROTOCOL"]);
    }

    [Fact]
    public async Task Options_OfARoute_AreItsOwn()
    {
        await using var first = await RawClient.ConnectAsync(_bridge.Port, "/one");
        await using var second = await RawClient.HandshakeAsync(_bridge.Port, "/one");
        await using var elsewhere = await RawClient.ConnectAsync(_bridge.Port, "/echo");
        await using var foreign = await RawClient.HandshakeAsync(_bridge.Port, "/guarded", "Origin: https://evil.test");
        await using var welcome = await RawClient.HandshakeAsync(_bridge.Port, "/guarded", "Origin: https://example.com");
        await using var unguarded = await RawClient.HandshakeAsync(_bridge.Port, "/echo", "Origin: https://evil.test");

        Assert.Equal((503, 403, 101, 101), (second.Status, foreign.Status, welcome.Status, unguarded.Status));
        Assert.StartsWith("connection-limit. ", await _bridge.RefusedAsync("/one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_OfARoute_IsItsOwn()
    {
        await using var early = await RawClient.ConnectAsync(_bridge.Port, "/early");
        await using var ready = await RawClient.HandshakeAsync(_bridge.Port, "/exit-early");

        Assert.Equal(1011, (await early.ReadToCloseAsync()).Code);
        Assert.Equal(502, ready.Status);
    }

    [Fact]
    public async Task IgnoreStdout_OfARoute_IsItsOwn()
    {
        await using var silent = await RawClient.ConnectAsync(_bridge.Port, "/silent");
        await using var loud = await RawClient.ConnectAsync(_bridge.Port, "/stdout");
        await silent.SendTextAsync("x");
        await loud.SendTextAsync("x");

        Assert.Equal("(x)", await silent.ReadUntilAsync(")"));
        await silent.SendCloseAsync(1000);
        Assert.Empty((await silent.ReadToCloseAsync()).Data);
        Assert.Equal(6, (await loud.ReadDataAsync(6)).Length);
    }

    [Theory]
    [InlineData(1, null, null)]
    [InlineData(2, "2", null)]
    [InlineData(3, "2", "3")]
    [InlineData(3, null, "3")]
    public async Task Precedence_OfMaxConnections_IsFlagThenVariableThenFile(int places, string? variable, string? flag)
    {
        using var scratch = new Scratch();
        var file = scratch.File("bridge.yaml");
        File.WriteAllText(file, $"maxConnections: 1\nphpExecutable: {BridgeProcess.PhpPath}\nscript: {BridgeProcess.Handler("echo.php")}\n");
        var environment = new Dictionary<string, string> { ["WSS_CONFIG_FILE"] = file };
        if (variable is not null)
            environment["WSS_CONFIG_MAX_CONNECTIONS"] = variable;

        await using var bridge = await BridgeProcess.StartAsync(flag is null ? [] : ["--max-connections", flag], environment);
        var clients = new List<RawClient>();
        for (var i = 0; i < places; i++)
            clients.Add(await RawClient.ConnectAsync(bridge.Port));

        await using var more = await RawClient.HandshakeAsync(bridge.Port);
        Assert.Equal(503, more.Status);
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public BridgeProcess Bridge { get; private set; } = null!;

        public async Task InitializeAsync() => Bridge = await BridgeProcess.StartAsync(["--config", HandlerRoutes.Write(
            Dump("/exact", "exact") + Dump("/prefix/*", "prefix") + Dump("/prefix/longer/*", "longer") + Dump("/prefix/longer/exact", "longer-exact")
            + Route("/talks", "dump.php") + "    subprotocols: [v2.chat, v1.chat]\n"
            + Route("/one", "echo.php") + "    maxConnections: 1\n"
            + Route("/guarded", "echo.php") + "    origins: ['https://example.com']\n"
            + Route("/early", "exit-early.php") + "    upgrade: early\n"
            + Route("/silent", "stdout.php") + "    ignoreStdout: true\n")]);

        public async Task DisposeAsync() => await Bridge.DisposeAsync();

        private static string Route(string path, string script) =>
            $"  - path: {path}\n    phpExecutable: {BridgeProcess.PhpPath}\n    script: {BridgeProcess.Handler(script)}\n";

        // Of two scripts in one: what follows "--" PHP hands to the script, which is the configured one, as an argument.
        private static string Dump(string path, string marker) =>
            $"  - path: {path}\n    phpExecutable: {BridgeProcess.PhpPath}\n    phpArgs: ['-f', '{BridgeProcess.Handler("dump.php")}', '--']\n    script: {MarkerFile(marker)}\n";

        // A script has to exist.
        private static string MarkerFile(string marker)
        {
            var path = Path.Combine(AppContext.BaseDirectory, marker);
            File.WriteAllText(path, "");
            return path;
        }
    }
}
