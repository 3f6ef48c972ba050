using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>What becomes of workers that wait.</summary>
public sealed class PoolTests : IDisposable
{
    private const string Died = "A waiting worker of route /\\* ended";
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Member_KilledWhileWaiting_IsReplacedAndToldOnce()
    {
        await using var bridge = await StartAsync();
        await LauncherFixture.ServesByAsync(bridge, "pool");
        await FilledAsync(bridge, 2);

        ProcessTable.Kill(ProcessTable.Children(bridge.Id)[0]);

        Assert.Contains("ended with signal 9; another takes its place.", await bridge.LoggedAsync(Died), StringComparison.Ordinal);
        await FilledAsync(bridge, 2);
        await using var worker = await GroundWorker.OpenAsync(bridge);
        await worker.IsHereAsync();
        Assert.Equal(1, bridge.CountLogged(Died));
    }

    [Fact]
    public async Task Burst_BeyondThePool_IsServed()
    {
        await using var bridge = await StartAsync();
        await LauncherFixture.ServesByAsync(bridge, "pool");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using var worker = await GroundWorker.OpenAsync(bridge);
            await worker.IsHereAsync();
        }));

        await FilledAsync(bridge, 2);
    }

    [Fact]
    public async Task Preload_IsLoadedBeforeAndItsVariablesAreTheScripts()
    {
        var preload = Php("preload.php", "$preloaded = getenv('WSS_REQUEST_PATH') === false ? 'before' : 'after';");
        await using var bridge = await StartAsync("--pool-preload", preload);
        await LauncherFixture.ServesByAsync(bridge, "pool");

        await using var worker = await GroundWorker.OpenAsync(bridge);

        Assert.Equal("before", (await worker.ReportAsync()).GetProperty("preloaded").GetString());
    }

    [Fact]
    public async Task Preload_WithAFatalError_IsToldOnceAndServedByProcess()
    {
        var preload = Php("preload.php", "throw new Exception('half done');");
        await using var bridge = await StartAsync("--pool-preload", preload);

        Assert.Contains("(--pool-preload)", await bridge.LoggedAsync(Died), StringComparison.Ordinal);
        await bridge.LoggedAsync("waiting worker of route /\\*: .*half done");
        await LauncherFixture.ServesByAsync(bridge, "process");

        Php("preload.php", "$preloaded = 'mended';");
        await LauncherFixture.ServesByAsync(bridge, "pool");
        Assert.Equal(1, bridge.CountLogged(Died));
    }

    [Fact]
    public async Task Preload_ThatFailsSlowly_TakesNoSessionWithIt()
    {
        await using var bridge = await StartAsync("--pool-preload", Php("preload.php", "usleep(300_000); throw new Exception('half done');"));

        for (var visit = 0; visit < 15; visit++)
        {
            await using var client = await RawClient.HandshakeAsync(bridge.Port);
            Assert.Equal(101, client.Status);
            await Task.Delay(100); // now and then one that waits is loading
        }
    }

    [Fact]
    public async Task Script_ThatChanges_ReplacesWhoWaits()
    {
        const string Connect = "$tcp = fsockopen(getenv('WSS_TCP_HOST'), (int) getenv('WSS_TCP_PORT')); fwrite($tcp, getenv('WSS_CONNECTION_ID') . \"\\n";
        var script = Php("script.php", Connect + "old!\");");
        await using var bridge = await BridgeProcess.StartAsync(
            ["--php-executable", BridgeProcess.PhpPath, "--script", script, "--launcher", "pool", "--pool-size", "2"]);
        await FilledAsync(bridge, 2);

        Php("script.php", Connect + "brand new!\");");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        Assert.Equal("brand new!", await client.ReadUntilAsync("!"));
        await bridge.LoggedAsync("has changed: its waiting workers are replaced");
    }

    [Fact]
    public async Task AutoPrependFile_OfTheUser_RunsWithTheConnectionsEnvironment()
    {
        var prepend = Php("prepend.php", "$prepended = getenv('WSS_REQUEST_PATH');");
        await using var bridge = await StartAsync("--php-args", $"-dauto_prepend_file={prepend}");
        await LauncherFixture.ServesByAsync(bridge, "pool");

        await using var worker = await GroundWorker.OpenAsync(bridge, "/prepended");

        Assert.Equal("/prepended", (await worker.ReportAsync()).GetProperty("prepended").GetString());
    }

    private static Task FilledAsync(BridgeProcess bridge, int size) => Eventually.IsTrueAsync(
        () => ProcessTable.Children(bridge.Id).Count == size, () => $"{ProcessTable.Children(bridge.Id).Count} workers wait.\n{bridge.Log}");

    private static Task<BridgeProcess> StartAsync(params string[] options) =>
        BridgeProcess.StartAsync("ground.php", ["--launcher", "pool", "--pool-size", "2", "--worker-grace", "30s", "--terminate-grace", "30s", .. options]);

    private string Php(string name, string code)
    {
        File.WriteAllText(_scratch.File(name + ".new"), $"<?php\n{code}\n");
        File.Move(_scratch.File(name + ".new"), _scratch.File(name), overwrite: true);
        return _scratch.File(name);
    }
}
