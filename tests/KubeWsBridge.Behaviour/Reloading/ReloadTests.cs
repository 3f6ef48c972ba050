using System.Diagnostics;
using System.Net;
using System.Text.Json;
using KubeWsBridge.Behaviour.FastCgi;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Launchers;

namespace KubeWsBridge.Behaviour.Reloading;

/// <summary>The configuration file of a running bridge changes.</summary>
public sealed class ReloadTests : IDisposable
{
    private const int Hangup = 1;
    private const string InForce = "The configuration file has changed; in force for new connections: ";
    private readonly Scratch _scratch = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Volume_ThatSwapsItsLink_IsReadByItself()
    {
        Publish("v1", "maxConnections: 1");
        await using var bridge = await StartAsync("volume/kwb.yaml");
        await using var first = await RawClient.ConnectAsync(bridge.Port);
        Assert.Equal(503, await StatusAsync(bridge));

        Publish("v2", "maxConnections: 2");
        await bridge.LoggedAsync(InForce + "maxConnections");

        await using var second = await RawClient.ConnectAsync(bridge.Port);
        await EchoesAsync(first);
        await EchoesAsync(second);
        Assert.Equal(503, await StatusAsync(bridge));
    }

    [Theory, InlineData("process"), InlineData("pool"), InlineData("fork")]
    public async Task Script_OfALauncher_IsForNewSessions(string launcher)
    {
        Write(Handler("one"));
        await using var bridge = await StartAsync("kwb.yaml", "--launcher", launcher, "--pool-size", "2");
        await LauncherFixture.ServesByAsync(bridge, launcher);
        await using var former = await GroundWorker.OpenAsync(bridge);

        await ChangeAsync(bridge, Handler("two"));
        await LauncherFixture.ServesByAsync(bridge, launcher);
        await using var later = await GroundWorker.OpenAsync(bridge);

        Assert.Equal("two", (await later.ReportAsync()).GetProperty("prepended").GetString());
        Assert.Equal("one", (await former.ReportAsync()).GetProperty("prepended").GetString());
        await former.Client.SendCloseAsync(1000);
        await bridge.ClosedAsync(former.Session);

        // Nobody needs what was kept ready for it, a fork server or waiting workers: neither lives on.
        await Eventually.IsTrueAsync(() => !Commands(bridge).Any(command => command.Contains("-dmemory_limit=64M", StringComparison.Ordinal)), () =>
            string.Join('\n', Commands(bridge)));
        await later.IsHereAsync();

        string Handler(string name)
        {
            var script = Path.Join(_scratch.Folder, $"{name}.php");
            File.WriteAllText(script, $"<?php\n$prepended = '{name}';\nrequire '{BridgeProcess.Handler("ground.php")}';\n");
            return $"script: {script}\nphpArgs: [\"-dmemory_limit={(name == "one" ? 64 : 65)}M\"]";
        }
    }

    [Fact]
    public async Task Spares_OfAForkServer_ChangeWithoutAnother()
    {
        Write($"script: {BridgeProcess.Handler("ground.php")}\nforkSpares: 1");
        await using var bridge = await StartAsync("kwb.yaml", "--launcher", "fork");
        await LauncherFixture.ServesByAsync(bridge, "fork");
        await SparesAsync(bridge, 1);

        await ChangeAsync(bridge, $"script: {BridgeProcess.Handler("ground.php")}\nforkSpares: 3");
        await SparesAsync(bridge, 3);
        await ChangeAsync(bridge, $"script: {BridgeProcess.Handler("ground.php")}\nforkSpares: 0");
        await SparesAsync(bridge, 0);

        Assert.Equal(1, bridge.CountLogged("The fork server is ready"));
        Assert.Equal(0, bridge.CountLogged("waited"));
    }

    [Fact]
    public async Task FpmPool_ThatHasGrown_CountsTheSessionsOfBefore()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 3);
        Write($"script: {BridgeProcess.Handler("echo.php")}\nfastcgiAddress: {fpm.Address}\nfastcgiWorkers: 1");
        await using var bridge = await StartAsync("kwb.yaml", "--launcher", "fastcgi");
        await using var first = await RawClient.ConnectAsync(bridge.Port);
        Assert.Equal(503, await StatusAsync(bridge));

        await ChangeAsync(bridge, $"script: {BridgeProcess.Handler("echo.php")}\nfastcgiAddress: {fpm.Address}\nfastcgiWorkers: 2");
        await using var second = await RawClient.ConnectAsync(bridge.Port);

        Assert.Equal(503, await StatusAsync(bridge));
        await EchoesAsync(first);
        await EchoesAsync(second);
    }

    [Fact]
    public async Task FpmScript_ThatRunsOnAfterItsSession_KeepsItsPlaceInAChangedPool()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 2);
        var pool = $"script: {BridgeProcess.Handler("FastCgi/stubborn.php")}\nfastcgiAddress: {fpm.Address}\nworkerGrace: 300ms\nterminateGrace: 200ms\n";
        Write(pool + "fastcgiWorkers: 1");
        await using var bridge = await StartAsync("kwb.yaml", "--launcher", "fastcgi");
        await using var client = await RawClient.ConnectAsync(bridge.Port, $"/?until={_scratch.File("end")}");
        var session = await bridge.OpenedAsync(client);

        await ChangeAsync(bridge, pool + "fastcgiWorkers: 2\nfastcgiReserve: 1");
        await client.SendCloseAsync(1000);
        await bridge.ClosedAsync(session);

        for (var visit = 0; visit < 10; visit++)
        {
            Assert.Equal(503, await StatusAsync(bridge));
            await Task.Delay(100); // the pool of before ends on a thread of its own, if it does
        }

        File.WriteAllText(_scratch.File("end"), "");
        await Eventually.IsTrueAsync(async () => await StatusAsync(bridge) == 101, () => bridge.Log);
    }

    [Fact]
    public async Task Script_ThatComesAfterItsConfiguration_IsTakenByItself()
    {
        Write("");
        await using var bridge = await StartAsync("kwb.yaml");
        var script = _scratch.File("later.php");
        Write($"script: {script}");
        bridge.Signal(Hangup);
        await bridge.LoggedAsync("script .*does not exist");

        File.Copy(BridgeProcess.Handler("echo.php"), script + ".new");
        Directory.CreateSymbolicLink(_scratch.File("lib"), BridgeProcess.Handler("lib"));
        File.Move(script + ".new", script);

        await bridge.LoggedAsync(InForce + "script");
        Assert.Equal(1, bridge.CountLogged("is wrong"));
        Assert.Equal(101, await StatusAsync(bridge));
    }

    [Fact]
    public async Task Times_OfSessions_AreThoseTheyBeganWith()
    {
        Write("connectionTimeout: 0");
        await using var bridge = await StartAsync("kwb.yaml");
        await using var former = await RawClient.ConnectAsync(bridge.Port);

        await ChangeAsync(bridge, "connectionTimeout: 3s");
        await using var later = await RawClient.ConnectAsync(bridge.Port);

        Assert.Equal(1001, (await later.ReadToEndAsync()).CloseCode);
        await bridge.LoggedAsync("connection-timeout");
        await EchoesAsync(former);
    }

    [Fact]
    public async Task File_WithMistakes_ChangesNothingAndIsTold()
    {
        Write("maxConnections: 1");
        await using var bridge = await StartAsync("kwb.yaml", Operator.Options);

        Write("maxConnections: 2\nmaxConections: 3");
        bridge.Signal(Hangup);
        await bridge.LoggedAsync("maxConections .*Did you mean maxConnections");
        Assert.Equal("degraded", await CheckAsync(bridge));
        Assert.Matches("kubewsbridge_config_valid{[^}]*} 0", await MetricsAsync(bridge));
        await using var first = await RawClient.ConnectAsync(bridge.Port);
        Assert.Equal(503, await StatusAsync(bridge));

        Assert.Equal(0, bridge.CountLogged("Health check")); // a probe asks again and again
        await ChangeAsync(bridge, "maxConnections: 2");
        Assert.Equal("healthy", await CheckAsync(bridge));
        await using var second = await RawClient.ConnectAsync(bridge.Port);
        var metrics = await MetricsAsync(bridge);
        Assert.Matches("kubewsbridge_config_valid{[^}]*} 1", metrics);
        Assert.Matches("kubewsbridge_config_reloads_total{[^}]*rejected[^}]*} 1", metrics);
        Assert.Matches("kubewsbridge_config_reloads_total{[^}]*applied[^}]*} 1", metrics);
    }

    [Fact]
    public async Task Keys_ThatNeedARestart_AreNamedAndWait()
    {
        Write("maxConnections: 5");
        await using var bridge = await StartAsync("kwb.yaml", Operator.Options);

        Write("maxConnections: 5\ntcpBind: 127.0.0.2");
        bridge.Signal(Hangup);

        await bridge.LoggedAsync("need a restart: tcpBind");
        Assert.Equal("degraded", await CheckAsync(bridge));
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        await EchoesAsync(client);
    }

    [Fact]
    public async Task LogLevel_Changed_HoldsAtOnce()
    {
        Write("logLevel: info");
        await using var bridge = await StartAsync("kwb.yaml");
        Assert.Equal(101, await StatusAsync(bridge));
        Assert.Equal(0, bridge.CountLogged(" debug "));

        await ChangeAsync(bridge, "logLevel: debug");
        Assert.Equal(101, await StatusAsync(bridge));

        await bridge.LoggedAsync(" debug ");
    }

    [Fact]
    public async Task Hangup_WithoutAFile_EndsTheProgramAsEver()
    {
        await using var bridge = await BridgeProcess.StartAsync(Echo);

        bridge.Signal(Hangup);

        Assert.Equal(129, await bridge.ExitAsync());
    }

    private static string[] Echo => ["--php-executable", BridgeProcess.PhpPath, "--script", BridgeProcess.Handler("echo.php")];

    private static async Task EchoesAsync(RawClient client)
    {
        await client.SendTextAsync("hello");
        Assert.Equal("hello"u8.ToArray(), await client.ReadDataAsync(5));
    }

    private static async Task<int> StatusAsync(BridgeProcess bridge)
    {
        await using var client = await RawClient.HandshakeAsync(bridge.Port);
        return client.Status;
    }

    // The command lines of everything the bridge has started.
    private static List<string> Commands(BridgeProcess bridge) =>
        [.. ProcessTable.Descendants(bridge.Id).Select(ProcessTable.CommandLine)];

    private static Task SparesAsync(BridgeProcess bridge, int count) => Eventually.IsTrueAsync(
        () => Commands(bridge).Count == 1 + count, () => string.Join('\n', Commands(bridge)) + bridge.Log);

    private Task<BridgeProcess> StartAsync(string file, params string[] arguments) =>
        BridgeProcess.StartAsync(["--config", _scratch.File(file), "--php-executable", BridgeProcess.PhpPath, .. arguments]);

    private void Write(string yaml) => File.WriteAllText(_scratch.File("kwb.yaml"), Whole(yaml));

    private static string Whole(string yaml) => yaml.Contains("script:", StringComparison.Ordinal) ? yaml : $"script: {BridgeProcess.Handler("echo.php")}\n{yaml}\n";

    private async Task ChangeAsync(BridgeProcess bridge, string yaml)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Write(yaml);
        bridge.Signal(Hangup);
        await bridge.LoggedAsync(InForce, since);
    }

    // As the kubelet does it: a folder for each version, and a link to the newest that is replaced in one step.
    private void Publish(string version, string yaml)
    {
        var volume = Directory.CreateDirectory(_scratch.File("volume")).FullName;
        Directory.CreateDirectory(Path.Join(volume, version));
        File.WriteAllText(Path.Join(volume, version, "kwb.yaml"), Whole(yaml));
        File.CreateSymbolicLink(Path.Join(volume, "..data_tmp"), version);
        using (var move = Process.Start("mv", ["-T", Path.Join(volume, "..data_tmp"), Path.Join(volume, "..data")]))
        {
            move.WaitForExit();
            Assert.Equal(0, move.ExitCode);
        }

        if (!Path.Exists(Path.Join(volume, "kwb.yaml")))
            File.CreateSymbolicLink(Path.Join(volume, "kwb.yaml"), "..data/kwb.yaml");
    }

    private async Task<string?> CheckAsync(BridgeProcess bridge)
    {
        using var answer = await _http.GetAsync(await Operator.UrlAsync(bridge, "/readyz?verbose"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("checks").GetProperty("configuration").GetProperty("status").GetString();
    }

    private async Task<string> MetricsAsync(BridgeProcess bridge) => await _http.GetStringAsync(await Operator.UrlAsync(bridge, "/metrics"));
}
