using System.Text.Json;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>What a worker finds and does, whichever launcher it comes from. Each launcher runs all of it, with its <see cref="LauncherTraits"/>.</summary>
public abstract class LauncherSuite(LauncherFixture fixture)
{
    private const string Pipe = LauncherTraits.Pipe;

    private readonly LauncherTraits _traits = fixture.Traits;
    private readonly BridgeProcess _bridge = fixture.Bridge;
    private string Script => fixture.Script;

    [Fact]
    public virtual async Task Session_IsServedByTheLauncher()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge, "/named");

        var process = await worker.ProcessIdAsync();
        Assert.Contains($" by {_traits.Name}, worker {process}, ", await _bridge.LoggedAsync("Session opened: /named "), StringComparison.Ordinal);
        Assert.Equal(_traits.AreChildren, ProcessTable.Children(_bridge.Id).Contains(process));
    }

    [Fact]
    public async Task Environment_IsTheRequestsEverywhere()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge, "/room?x=%C3%A9&y=1=2", "Origin: https://example.com", "X-Custom: käse");
        var report = await worker.ReportAsync();

        var variables = report.GetProperty("getenv");
        Assert.Equal("/room?x=%C3%A9&y=1=2", Text(variables, "WSS_REQUEST_URI"));
        Assert.Equal(worker.Session.Id, Text(variables, "WSS_CONNECTION_ID"));
        Assert.Equal("https://example.com", Text(variables, "WSS_ORIGIN"));
        Assert.Contains("\"x-custom\":\"käse\"", Text(variables, "WSS_REQUEST_HEADERS"), StringComparison.Ordinal);
        foreach (var variable in variables.EnumerateObject())
        {
            Assert.DoesNotContain("KWB_", variable.Name, StringComparison.Ordinal);
            if (variable.Name is not ("PHP_SELF" or "SCRIPT_NAME"))
                Assert.Equal(variable.Value.GetString(), Text(report.GetProperty("server"), variable.Name));
        }

        Assert.DoesNotContain(report.GetProperty("server").EnumerateObject(), entry => entry.Name.StartsWith("KWB_", StringComparison.Ordinal));
    }

    [Fact]
    public virtual async Task Environment_HasTheBridgesOwnToo()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), Text((await worker.ReportAsync()).GetProperty("getenv"), "PATH"));
    }

    [Fact]
    public async Task EnvironmentArray_IsFilledAsVariablesOrderSays()
    {
        await using var bridge = await fixture.StartWithSettingAsync("variables_order", "EGPCS");
        await using var all = await GroundWorker.OpenAsync(bridge, "/all");
        Assert.Equal("/all", Text((await all.ReportAsync()).GetProperty("env"), "WSS_REQUEST_URI"));

        await using var none = await GroundWorker.OpenAsync(_bridge, "/none");
        Assert.DoesNotContain("WSS_REQUEST_URI", (await none.ReportAsync()).GetProperty("env").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public virtual async Task Script_IsTheMainProgram()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);
        var report = await worker.ReportAsync();
        var server = report.GetProperty("server");

        Assert.Equal([Script], report.GetProperty("argv").EnumerateArray().Select(argument => argument.GetString()));
        Assert.Equal(1, report.GetProperty("argc").GetInt32());
        Assert.Equal([Script], server.GetProperty("argv").EnumerateArray().Select(argument => argument.GetString()));
        foreach (var name in new[] { "PHP_SELF", "SCRIPT_NAME", "SCRIPT_FILENAME", "PATH_TRANSLATED" })
            Assert.Equal(Script, Text(server, name));
        Assert.Equal(Script, report.GetProperty("file").GetString());
        Assert.Contains(Script, report.GetProperty("included").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal(_traits.Frames + 1, report.GetProperty("frames").GetInt32()); // one is the handler's own function
        Assert.Equal("cli", report.GetProperty("sapi").GetString());
        Assert.Equal(["0", "0", "1", "0"], report.GetProperty("ini").EnumerateArray().Select(value => value.GetString() is "" ? "0" : value.GetString()));
        Assert.InRange(report.GetProperty("started").GetInt32(), 0, 30);
    }

    [Fact]
    public virtual async Task Input_IsAtItsEnd()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);
        var report = await worker.ReportAsync();

        Assert.Equal("", report.GetProperty("stdin").GetString());
        Assert.True(report.GetProperty("stdinEnds").GetBoolean());
        Assert.Equal("", report.GetProperty("stdinDescriptor").GetString());
        Assert.Equal("", report.GetProperty("stdinOfChild").GetString());
    }

    [Fact]
    public virtual async Task Ground_IsThatOfAFreshProcess()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);
        var report = await worker.ReportAsync();

        Assert.All(report.GetProperty("constants").EnumerateArray(), constant => Assert.True(constant.GetBoolean()));
        Assert.Equal([_traits.InputType, Pipe, Pipe], report.GetProperty("types").EnumerateArray().Select(type => type.GetString()));
        Assert.InRange(report.GetProperty("descriptors").GetInt32(), 4, 9);
        Assert.True(report.GetProperty("isLeader").GetBoolean());
        Assert.Equal("0000000000000000", report.GetProperty("blocked").GetString());
        Assert.InRange(report.GetProperty("peak").GetInt64(), 1, 4 * 1024 * 1024);
    }

    [Fact]
    public virtual async Task WorkingDirectory_IsTheRoutesOrOurs()
    {
        await using var ours = await GroundWorker.OpenAsync(_bridge);
        Assert.Equal(Environment.CurrentDirectory, (await ours.ReportAsync()).GetProperty("cwd").GetString());

        await using var bridge = await fixture.StartAsync("--working-directory", "/usr/share");
        await using var route = await GroundWorker.OpenAsync(bridge);
        Assert.Equal("/usr/share", (await route.ReportAsync()).GetProperty("cwd").GetString());
    }

    [Fact]
    public async Task Random_IsDifferentInEachWorker()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var worker = await GroundWorker.OpenAsync(_bridge);
            return (await worker.ReportAsync()).GetProperty("random").GetInt64();
        }));

        Assert.Equal(6, numbers.Distinct().Count());
    }

    [Fact]
    public virtual async Task Headers_OfSixtyFourKibibytes_Arrive()
    {
        string[] headers = [.. Enumerable.Range(0, 9).Select(i => $"X-Large-{i}: {new string('x', 7_300)}")];
        await using var worker = await GroundWorker.OpenAsync(_bridge, "/", headers);

        Assert.InRange((await worker.ReportAsync()).GetProperty("headers").GetInt32(), 65_536, 131_000);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("stdout")]
    public virtual async Task Output_ReachesTheClient(string command)
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync($"{command} printed");

        Assert.Equal("printed"u8.ToArray(), await worker.Client.ReadDataAsync(7));
        await worker.IsHereAsync();
    }

    [Theory]
    [InlineData("stderr words", "^words$")]
    [InlineData("device words", "^words$")]
    [InlineData("child words", "^words$")]
    [InlineData("error_log words", "words$")]
    [InlineData("warning words", "PHP Warning:  words in .*ground.php on line \\d+")]
    [InlineData("notice nothing", "PHP Warning:  Undefined variable \\$nothing in .*ground.php on line \\d+")]
    public virtual async Task Errors_AreLoggedWithTheSession(string command, string expected)
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync(command);

        await _bridge.SaidAsync(worker.Session, expected.TrimStart('^'));
        await worker.IsHereAsync();
    }

    [Fact]
    public virtual async Task Output_ClosedByTheWorker_DoesNotEndTheSession()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync("close");

        await worker.IsHereAsync();
    }

    [Theory]
    [InlineData("exit 0", 1000, "status 0")]
    [InlineData("exit 3", 1011, "status 3")]
    [InlineData("exit 255", 1011, "status 255")]
    [InlineData("die 9", 1011, "signal 9")]
    [InlineData("die 15", 1011, "signal 15")]
    [InlineData("fatal words", 1011, "status 255")]
    [InlineData("strict", 1011, "status 255")] // declare(strict_types=1) holds, below a shebang line
    [InlineData("memory 100000000", 1011, "status 255")]
    public virtual async Task End_IsToldWithItsStatus(string command, int code, string exit)
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync(command);
        var ending = await worker.Client.ReadToCloseAsync();

        Assert.Equal(code, ending.Code);
        Assert.EndsWith($"worker ended with {exit}.", await _bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);
        Assert.False(ProcessTable.IsAlive(worker.Session.WorkerId));
    }

    [Fact]
    public async Task End_OfAScriptThatReturns_RunsAllThatComesAfterIt()
    {
        using var scratch = new Scratch();
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync($"leave {scratch.File("left.gz")}");
        var ending = await worker.Client.ReadToCloseAsync();

        Assert.Equal(("BUFFERED SHUTDOWN LATE DESTROYED ", 1000), (ending.Text, ending.Code));
        Assert.EndsWith("worker ended with status 0.", await _bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);
        using var file = new System.IO.Compression.GZipStream(File.OpenRead(scratch.File("left.gz")), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        Assert.Equal("zipped", await reader.ReadToEndAsync());
    }

    [Fact]
    public virtual async Task End_OfAScriptThatReturns_HasTheStatusOfItsShutdownFunction()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync("leave-with 7");

        Assert.Equal(1011, (await worker.Client.ReadToCloseAsync()).Code);
        Assert.EndsWith("worker ended with status 7.", await _bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FatalError_IsLoggedWithTheSession()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        await worker.TellAsync("fatal words");

        await _bridge.SaidAsync(worker.Session, _traits.LogPrefix + "PHP Fatal error:  Uncaught RuntimeException: words in .*ground.php:\\d+");
    }

    [Fact]
    public async Task Killed_FromOutside_HarmsNobodyElse()
    {
        await using var neighbour = await GroundWorker.OpenAsync(_bridge);
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        ProcessTable.Kill(await worker.ProcessIdAsync());

        Assert.Contains(_traits.KilledEnd, await _bridge.ClosedAsync(worker.Session), StringComparison.Ordinal);
        await neighbour.IsHereAsync();
    }

    [Fact]
    public virtual async Task Client_ThatLeaves_TakesTheWorkerAlong()
    {
        await using var worker = await GroundWorker.OpenAsync(_bridge);

        worker.Client.Reset();

        await _bridge.ClosedAsync(worker.Session);
        Assert.False(ProcessTable.IsAlive(worker.Session.WorkerId));
    }

    [Fact]
    public virtual async Task Bridge_KilledWithSigkill_TakesEverythingAlong()
    {
        await using var bridge = await fixture.StartAsync();
        await using var worker = await GroundWorker.OpenAsync(bridge);
        int[] processes = [.. ProcessTable.Children(bridge.Id), worker.Session.WorkerId];

        bridge.Signal(9);

        await bridge.ExitAsync();
        await Eventually.IsTrueAsync(
            () => !processes.Any(ProcessTable.IsAlive), () => $"Still alive: {string.Join(' ', processes.Where(ProcessTable.IsAlive))}.");
    }

    [Fact]
    public async Task Sessions_ManyAtATime_LeaveNothing()
    {
        using var scratch = new Scratch();
        await using var bridge = await fixture.StartAsync([], new Dictionary<string, string> { ["TMPDIR"] = scratch.Folder });
        await VisitAsync(bridge, 8);
        await LauncherFixture.ServesByAsync(bridge, _traits.Name);
        var before = Footprint.Of(bridge);
        var (files, processes) = (Files(), ProcessTable.Descendants(bridge.Id).Count);

        for (var round = 0; round < 3; round++)
            await VisitAsync(bridge, 8);

        await before.IsRestoredAsync(bridge);
        await Eventually.IsTrueAsync(
            () => Files() <= files && ProcessTable.Descendants(bridge.Id).Count <= processes,
            () => $"{Files()} files instead of {files}, {ProcessTable.Descendants(bridge.Id).Count} processes instead of {processes}.");
        Assert.Equal(0, await bridge.StopAsync());
        Assert.Empty(Directory.EnumerateDirectories(scratch.Folder, "kubewsbridge-*"));

        int Files() => Directory.EnumerateFiles(scratch.Folder, "*", SearchOption.AllDirectories).Count();
    }

    private static Task VisitAsync(BridgeProcess bridge, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(async index =>
    {
        await using var worker = await GroundWorker.OpenAsync(bridge);
        await worker.IsHereAsync();
        if (index % 2 == 0)
            worker.Client.Reset();
        else
            await worker.TellAsync("exit 0");
        await bridge.ClosedAsync(worker.Session);
    }));

    protected static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
