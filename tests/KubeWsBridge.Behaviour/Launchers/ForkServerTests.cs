using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>What becomes of sessions when their fork server dies, changes, is not there, or talks nonsense.</summary>
public sealed class ForkServerTests : IDisposable
{
    private const string Gone = "The fork server is gone";
    private const string DoesNotStart = "The fork server does not start";
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Server_KilledUnderLoad_IsNoticedByNoSession()
    {
        await using var bridge = await StartAsync();
        await LauncherFixture.ServesByAsync(bridge, "fork");
        var server = await ServerIdAsync(bridge);
        var workers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => GroundWorker.OpenAsync(bridge)));

        ProcessTable.Kill(server);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var meanwhile = await GroundWorker.OpenAsync(bridge);
            await meanwhile.IsHereAsync();
        }));

        foreach (var worker in workers)
            await worker.IsHereAsync();
        await LauncherFixture.ServesByAsync(bridge, "fork");
        Assert.Equal(1, bridge.CountLogged(Gone));
        Assert.Matches("new workers are started by process until another server is ready", await bridge.LoggedAsync(Gone));

        // Their ends are seen, whoever brings them about.
        await workers[0].TellAsync("exit 0");
        workers[1].Client.Reset();
        ProcessTable.Kill(workers[2].Session.WorkerId);
        await workers[3].Client.SendCloseAsync(1000);
        await workers[4].TellAsync("stderr goodbye");
        await bridge.SaidAsync(workers[4].Session, "goodbye");
        workers[4].Client.Reset();
        workers[5].Client.Reset();
        foreach (var worker in workers)
        {
            await bridge.ClosedAsync(worker.Session);
            Assert.False(ProcessTable.IsAlive(worker.Session.WorkerId));
            await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task Server_ThatHangs_IsReplaced()
    {
        await using var bridge = await StartAsync();
        await LauncherFixture.ServesByAsync(bridge, "fork");
        await using var worker = await GroundWorker.OpenAsync(bridge);

        ProcessTable.Kill(await ServerIdAsync(bridge), signal: 19);

        Assert.Contains("it does not answer", await bridge.LoggedAsync(Gone), StringComparison.Ordinal);
        await worker.IsHereAsync();
        await LauncherFixture.ServesByAsync(bridge, "fork");
    }

    [Fact]
    public async Task Preload_IsLoadedOnceAndItsVariablesAreTheScripts()
    {
        var preload = Php("preload.php", "$preloaded = getmypid();");
        await using var bridge = await StartAsync("--fork-preload", preload);
        await LauncherFixture.ServesByAsync(bridge, "fork");

        await using var worker = await GroundWorker.OpenAsync(bridge);

        Assert.Equal(await ServerIdAsync(bridge), (await worker.ReportAsync()).GetProperty("preloaded").GetInt32());
    }

    [Fact]
    public async Task Preload_WithAFatalError_IsToldOnceAndServedByProcessUntilItIsMended()
    {
        var preload = Php("preload.php", "throw new Exception('half done');");
        await using var bridge = await StartAsync("--fork-preload", preload);
        var told = await bridge.LoggedAsync(DoesNotStart);
        await bridge.LoggedAsync("fork server: .*half done");

        await LauncherFixture.ServesByAsync(bridge, "process");
        Assert.Contains($"Correct --fork-preload {preload}", told, StringComparison.Ordinal);

        Php("preload.php", "$preloaded = 'mended';");
        await LauncherFixture.ServesByAsync(bridge, "fork");
        Assert.Equal(1, bridge.CountLogged(DoesNotStart));
    }

    [Fact]
    public async Task Preload_ThatChanges_BringsAFreshServer()
    {
        var preload = Php("preload.php", "$preloaded = 'old';");
        await using var bridge = await StartAsync("--fork-preload", preload);
        await LauncherFixture.ServesByAsync(bridge, "fork");
        await using var before = await GroundWorker.OpenAsync(bridge);

        Php("preload.php", "$preloaded = 'brand new';");
        await bridge.LoggedAsync($"The fork server is replaced: {Regex.Escape(preload)} has changed");
        await Eventually.IsTrueAsync(() => bridge.CountLogged("The fork server is ready") == 2, () => bridge.Log);

        await using var after = await GroundWorker.OpenAsync(bridge);
        Assert.Equal("brand new", (await after.ReportAsync()).GetProperty("preloaded").GetString());
        Assert.Equal("old", (await before.ReportAsync()).GetProperty("preloaded").GetString());
        await before.TellAsync("exit 0");
        Assert.EndsWith("worker ended with status 0.", await bridge.ClosedAsync(before.Session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaxChildren_Reached_BringsAFreshServer()
    {
        await using var bridge = await StartAsync("--fork-max-children", "5");
        for (var i = 0; i < 12; i++)
            await LauncherFixture.ServesByAsync(bridge, "fork");

        await bridge.LoggedAsync("The fork server is replaced: it has forked 5 workers");
        Assert.Equal(0, bridge.CountLogged(Gone));
        await Eventually.IsTrueAsync(() => ProcessTable.Children(bridge.Id).Count <= 2, () => "Servers that nobody needs are still there.");
    }

    [Fact]
    public async Task Opcache_InTheServer_LeavesOutputsWhereTheyBelong()
    {
        await using var bridge = await StartAsync("--fork-php-args", "-dopcache.enable_cli=1");
        await LauncherFixture.ServesByAsync(bridge, "fork");
        await using var worker = await GroundWorker.OpenAsync(bridge);

        await worker.TellAsync("echo printed");
        Assert.Equal("printed"u8.ToArray(), await worker.Client.ReadDataAsync(7));
        await worker.TellAsync("error_log words");
        await bridge.SaidAsync(worker.Session, "words");
        await worker.TellAsync("exit 4");
        Assert.EndsWith("worker ended with status 4.", await bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AutoPrependFile_OfTheUser_RunsInEachWorker()
    {
        var prepend = Php("prepend.php", "$prepended = getenv('WSS_REQUEST_PATH');");
        await using var bridge = await StartAsync("--php-args", $"-dauto_prepend_file={prepend}");
        await LauncherFixture.ServesByAsync(bridge, "fork");

        await using var worker = await GroundWorker.OpenAsync(bridge, "/prepended");

        Assert.Equal("/prepended", (await worker.ReportAsync()).GetProperty("prepended").GetString());
    }

    /// <summary>As in a pod, where the fork server is a sidecar that starts first.</summary>
    [Fact]
    public async Task Server_StartedBeforeTheBridge_WaitsForItInADirectoryItMakes()
    {
        var directory = _scratch.File("early");
        using var server = StartServer(directory);
        await Eventually.IsTrueAsync(() => Directory.Exists(directory), () => "The fork server has made no directory.");

        await using var bridge = await StartAsync("--fork-server-dir", directory);

        await LauncherFixture.ServesByAsync(bridge, "fork");
        server.Kill();
    }

    [Fact]
    public async Task Server_StartedElsewhere_ServesFromASharedDirectory()
    {
        var directory = _scratch.File("shared");
        await using var bridge = await StartAsync(["--fork-server-dir", directory, .. Operator.Options]);
        await bridge.LoggedAsync($"{DoesNotStart}: none has come to {Regex.Escape(directory)} yet.*php fork-server.php {Regex.Escape(directory)}");
        await LauncherFixture.ServesByAsync(bridge, "process");
        Assert.Equal((503, 200, 200), (await bridge.ProbeAsync("/readyz"), await bridge.ProbeAsync("/startupz"), await bridge.ProbeAsync("/livez")));

        using var server = StartServer(directory);
        await LauncherFixture.ServesByAsync(bridge, "fork");
        Assert.Equal(200, await bridge.ProbeAsync("/readyz"));
        await using var worker = await GroundWorker.OpenAsync(bridge);
        await worker.TellAsync("exit 3");
        Assert.EndsWith("worker ended with status 3.", await bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);

        // It outlives the bridge, and serves the next.
        await using var left = await GroundWorker.OpenAsync(bridge);
        bridge.Signal(9);
        await bridge.ExitAsync();
        await Eventually.IsTrueAsync(() => !ProcessTable.IsAlive(left.Session.WorkerId), () => "Its worker outlived the bridge.");
        await using var next = await StartAsync(["--fork-server-dir", directory, .. Operator.Options]);
        await LauncherFixture.ServesByAsync(next, "fork");

        // And when it dies, its workers can not be reached any more, but served.
        await using var orphan = await GroundWorker.OpenAsync(next);
        server.Kill();
        await next.LoggedAsync(Gone);
        Assert.Equal(503, await next.ProbeAsync("/readyz"));
        await orphan.IsHereAsync();
        await orphan.TellAsync("exit 0");
        await next.ClosedAsync(orphan.Session);
        await LauncherFixture.ServesByAsync(next, "process");
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 })] // torn
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 1, (byte)'?' })]
    [InlineData(new byte[] { 0, 0, 0, 2, (byte)'X', (byte)'1' })]
    public async Task Control_ThatSpeaksNonsense_IsLeftAndServedByProcess(byte[] nonsense)
    {
        var directory = _scratch.File("shared");
        await using var bridge = await StartAsync("--fork-server-dir", directory);
        await bridge.LoggedAsync(DoesNotStart);
        using var impostor = await ImpostorAsync(directory);
        await bridge.LoggedAsync("The fork server is ready: process 1, PHP 0");

        var client = GroundWorker.OpenAsync(bridge);
        await Message(impostor);
        impostor.Send(nonsense);
        impostor.Shutdown(SocketShutdown.Send);

        await using var served = await client;
        await served.IsHereAsync();
        Assert.Contains(" by process, ", await bridge.LoggedAsync("Session opened"), StringComparison.Ordinal);
        await bridge.LoggedAsync(Gone);
        Assert.Equal(1, bridge.CountLogged(Gone));
        Assert.Empty(Directory.GetFiles(directory, "*.out"));
    }

    private static async Task<Socket> ImpostorAsync(string directory)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(directory, "control.sock")));
        var hello = "R1 0"u8;
        byte[] message = [0, 0, 0, (byte)hello.Length, .. hello];
        await socket.SendAsync(message);
        return socket;
    }

    private static async Task Message(Socket socket)
    {
        var head = new byte[4];
        Assert.Equal(4, await socket.ReceiveAsync(head));
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head)];
        for (var filled = 0; filled < body.Length;)
            filled += await socket.ReceiveAsync(body.AsMemory(filled));
        Assert.Equal((byte)'L', body[0]);
    }

    private static Process StartServer(string directory)
    {
        var source = Path.Combine(Repository.Root, "src", "php", "launchers", "fork-server.php");
        return Process.Start(new ProcessStartInfo(BridgeProcess.PhpPath, [source, directory]) { RedirectStandardInput = true })!;
    }

    private static Task<BridgeProcess> StartAsync(params string[] options) =>
        BridgeProcess.StartAsync("ground.php", ["--launcher", "fork", "--worker-grace", "30s", "--terminate-grace", "30s", .. options]);

    private static async Task<int> ServerIdAsync(BridgeProcess bridge) =>
        int.Parse(Regex.Match(await bridge.LoggedAsync("The fork server is ready"), @"process (\d+)").Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    private string Php(string name, string code)
    {
        // In one step, as deployments do it.
        File.WriteAllText(_scratch.File(name + ".new"), $"<?php\n{code}\n");
        File.Move(_scratch.File(name + ".new"), _scratch.File(name), overwrite: true);
        return _scratch.File(name);
    }
}
