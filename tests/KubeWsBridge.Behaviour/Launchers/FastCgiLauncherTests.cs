using System.Text.Json;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>The suite through PHP-FPM. What is overridden here is what docs/fastcgi.md says is different; all else is the same.</summary>
public sealed class FastCgiLauncherTests(FastCgiLauncherFixture fixture) : LauncherSuite(fixture), IClassFixture<FastCgiLauncherFixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    /// <summary>Nobody tells us which of the pool's workers it is.</summary>
    public override async Task Session_IsServedByTheLauncher()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge, "/named");

        Assert.Contains(" by fastcgi, worker elsewhere, ", await _bridge.LoggedAsync("Session opened: /named "), StringComparison.Ordinal);
        Assert.Contains(await worker.ProcessIdAsync(), fixture.Fpm.Workers);
    }

    public override async Task Environment_HasTheBridgesOwnToo()
    {
        await using var bridge = await fixture.StartAsync([], new Dictionary<string, string> { ["ONLY_THE_BRIDGE_HAS_THIS"] = "secret" });
        await using var worker = await GroundWorker.OpenAsync(bridge);

        Assert.Null(Text((await worker.ReportAsync()).GetProperty("getenv"), "ONLY_THE_BRIDGE_HAS_THIS"));
    }

    /// <summary>It is the main program, but of a web request: no arguments, and a path below the folder it lies in.</summary>
    public override async Task Script_IsTheMainProgram()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);
        var report = await worker.ReportAsync();

        Assert.Equal(("Null", "Null"), ($"{report.GetProperty("argv").ValueKind}", $"{report.GetProperty("argc").ValueKind}"));
        var server = report.GetProperty("server");
        Assert.Equal((fixture.Script, "/ground.php", "/ground.php"), (Text(server, "SCRIPT_FILENAME"), Text(server, "SCRIPT_NAME"), Text(server, "PHP_SELF")));
        Assert.Equal(fixture.Script, report.GetProperty("file").GetString());
        Assert.Contains(fixture.Script, report.GetProperty("included").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal(1, report.GetProperty("frames").GetInt32());
        Assert.Equal("fpm-fcgi", report.GetProperty("sapi").GetString());
        var settings = report.GetProperty("ini");
        Assert.Equal(("0", "1", "0"), (settings[0].GetString(), settings[2].GetString(), settings[3].GetString())); // the example pool's
        Assert.InRange(report.GetProperty("started").GetInt32(), 0, 30);
    }

    /// <summary>There is none: descriptor 0 is what PHP-FPM listens with. A request's body is empty.</summary>
    public override async Task Input_IsAtItsEnd()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);
        var report = await worker.ReportAsync();

        Assert.Equal(JsonValueKind.Null, report.GetProperty("stdin").ValueKind);
        Assert.Equal("", report.GetProperty("body").GetString());
        Assert.Equal("", report.GetProperty("stdinOfChild").GetString());
    }

    /// <summary>A process that has served others, and will serve more; its memory is as fresh.</summary>
    public override async Task Ground_IsThatOfAFreshProcess()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);
        var report = await worker.ReportAsync();

        Assert.All(report.GetProperty("constants").EnumerateArray(), constant => Assert.False(constant.GetBoolean()));
        Assert.InRange(report.GetProperty("peak").GetInt64(), 1, 4 * 1024 * 1024);
    }

    public override async Task WorkingDirectory_IsTheRoutesOrOurs()
    {
        await using var bridge = await fixture.StartAsync("--working-directory", "/usr/share");
        await using var worker = await GroundWorker.OpenAsync(bridge);

        Assert.Equal(Path.GetDirectoryName(fixture.Script), (await worker.ReportAsync()).GetProperty("cwd").GetString());
    }

    /// <summary>All of them stand in one variable, and a variable must fit into one FastCGI record.</summary>
    public override async Task Headers_OfSixtyFourKibibytes_Arrive()
    {
        static string[] Lines(int size) => [.. Enumerable.Range(0, 4).Select(number => $"X-Large-{number}: {new string('x', size)}")];

        await using var worker = await GroundWorker.OpenAsync(_bridge, "/", Lines(16_100));
        var report = await worker.ReportAsync();
        Assert.InRange(report.GetProperty("headers").GetInt32(), 64_400, 65_534);
        Assert.Equal(new string('x', 16_100), Text(report.GetProperty("server"), "HTTP_X_LARGE_3"));
        using var headers = JsonDocument.Parse(Text(report.GetProperty("getenv"), "WSS_REQUEST_HEADERS")!);
        Assert.Equal(new string('x', 16_100), headers.RootElement.GetProperty("x-large-0").GetString());

        await using var more = await RawClient.HandshakeAsync(_bridge.Port, "/", Lines(16_400));
        Assert.Equal(431, more.Status);
        Assert.Contains("WSS_REQUEST_HEADERS does not fit into a FastCGI record", await _bridge.LoggedAsync("headers-too-large"), StringComparison.Ordinal);
    }

    public override Task Output_ReachesTheClient(string command) =>
        command == "echo" ? base.Output_ReachesTheClient(command) : IsNotDefinedAsync($"{command} printed", "STDOUT");

    public override Task Output_ClosedByTheWorker_DoesNotEndTheSession() => IsNotDefinedAsync("close", "STDOUT");

    /// <summary>PHP's own lines come with the next output, or at the end; descriptor 2 is PHP-FPM's log.</summary>
    public override async Task Errors_AreLoggedWithTheSession(string command, string expected)
    {
        if (command.StartsWith("stderr", StringComparison.Ordinal))
        {
            await IsNotDefinedAsync(command, "STDERR");
            return;
        }

        var own = command.StartsWith("device", StringComparison.Ordinal) || command.StartsWith("child", StringComparison.Ordinal);
        var mark = $"mark-{Guid.NewGuid():N}";
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync(own ? command.Replace("words", mark, StringComparison.Ordinal) : command);
        await worker.TellAsync("echo printed");

        Assert.Equal("printed"u8.ToArray(), await worker.Client.ReadDataAsync(7));
        if (own)
            await Eventually.IsTrueAsync(() => fixture.Fpm.Log.Contains(mark, StringComparison.Ordinal), () => fixture.Fpm.Log);
        else
            await _bridge.SaidAsync(worker.Session, "PHP message: " + expected.TrimStart('^'));
        Assert.Equal(0, _bridge.CountLogged(mark));
        await worker.IsHereAsync();
    }

    /// <summary>PHP-FPM has no exit statuses, and the process outlives its request.</summary>
    public override async Task End_IsToldWithItsStatus(string command, int code, string exit)
    {
        var (differentCode, differentExit) = command.Split(' ')[0] switch
        {
            "exit" => (1000, "status 0."),
            "die" => (1011, "PHP-FPM closed the connection without an answer: its worker was killed"),
            _ => (code, exit + " "),
        };
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync(command);

        Assert.Equal(differentCode, (await worker.Client.ReadToCloseAsync()).Code);
        Assert.Contains(differentExit, await _bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);
        await fixture.Fpm.HasIdleAsync(FastCgiLauncherFixture.Workers);
    }

    public override async Task End_OfAScriptThatReturns_HasTheStatusOfItsShutdownFunction()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync("leave-with 7");

        Assert.Equal(1000, (await worker.Client.ReadToCloseAsync()).Code);
        Assert.EndsWith("worker ended with status 0.", await _bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);
    }

    public override async Task Client_ThatLeaves_TakesTheWorkerAlong()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);
        var process = await worker.ProcessIdAsync();

        worker.Client.Reset();

        await _bridge.ClosedAsync(worker.Session);
        await IsFreeAsync(process);
    }

    public override async Task Bridge_KilledWithSigkill_TakesEverythingAlong()
    {
        await using var bridge = await fixture.StartAsync();
        await using var worker = await GroundWorker.OpenAsync(bridge);
        var process = await worker.ProcessIdAsync();

        bridge.Signal(9);

        await bridge.ExitAsync();
        await IsFreeAsync(process);
    }

    [Fact]
    public async Task Script_WithAShebangLine_IsNoneForFpm()
    {
        await using var bridge = await fixture.StartWithScriptAsync(BridgeProcess.Handler("ground.php"));

        await using var client = await RawClient.HandshakeAsync(bridge.Port);

        Assert.Equal(502, client.Status);
        await bridge.LoggedAsync("worker stderr: PHP message: PHP Fatal error:  strict_types declaration must be the very first statement");
    }

    private async Task IsNotDefinedAsync(string command, string constant)
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync(command);

        Assert.Equal(1011, (await worker.Client.ReadToCloseAsync()).Code);
        await _bridge.SaidAsync(worker.Session, $"PHP message: PHP Fatal error:  Uncaught Error: Undefined constant \"{constant}\"");
    }

    /// <summary>The worker of a session that has ended is the pool's again.</summary>
    private async Task IsFreeAsync(int process)
    {
        await fixture.Fpm.HasIdleAsync(FastCgiLauncherFixture.Workers);
        Assert.Contains(process, fixture.Fpm.Workers);
    }
}
