using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>Workers that never become one: missing, dead, silent or wrong before the meeting.</summary>
public sealed class LauncherTests(LauncherTests.Fixture fixture) : IClassFixture<LauncherTests.Fixture>
{
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Fact]
    public async Task Executable_ThatHasVanished_IsA502AndTheLogSaysWhatToDo()
    {
        using var scratch = new Scratch();
        await using var bridge = await StartAndLoseProgramAsync(scratch);

        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/x");

        Assert.Equal(502, client.Status);
        Assert.Contains("Retry-After: ", client.Response, StringComparison.Ordinal);
        var line = await bridge.LoggedAsync("Launching the worker failed");
        Assert.Contains($"The executable {scratch.File("php")} was not found", line, StringComparison.Ordinal);
        Assert.Contains("--php-executable", line, StringComparison.Ordinal);
        Assert.StartsWith("launch-failed. ", await bridge.RefusedAsync("/x"), StringComparison.Ordinal);
        Assert.Equal(1, bridge.CountLogged("Launching the worker failed")); // trying again could not help
    }

    [Fact]
    public async Task Executable_ThatHasVanished_AfterAnEarlyUpgradeIsAClose1011()
    {
        using var scratch = new Scratch();
        await using var bridge = await StartAndLoseProgramAsync(scratch, "--upgrade", "early");

        await using var client = await RawClient.ConnectAsync(bridge.Port, "/x");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1011, "The worker could not be started."), (ending.Code, ending.Reason));
        Assert.StartsWith("launch-failed. ", await bridge.RefusedAsync("/x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executable_WithoutTheExecuteBit_IsNamedInTheLog()
    {
        using var scratch = new Scratch();
        var program = scratch.Script("php", "exit 0");
        await using var bridge = await BridgeProcess.StartAsync(["--php-executable", program, "--script", BridgeProcess.Handler("echo.php")]);
        File.SetUnixFileMode(program, UnixFileMode.UserRead);

        await using var client = await RawClient.HandshakeAsync(bridge.Port);

        Assert.Equal(502, client.Status);
        Assert.Contains("chmod +x", await bridge.LoggedAsync("Launching the worker failed"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    public async Task Worker_ThatExitsBeforeConnecting_IsA502AfterItsLastWords(int code)
    {
        var path = Tag.Path("exit-early");

        await using var client = await RawClient.HandshakeAsync(_bridge.Port, $"{path}?code={code}");

        Assert.Equal(502, client.Status);
        Assert.StartsWith($"worker-died. It exited with status {code}. ", await _bridge.RefusedAsync(path), StringComparison.Ordinal);
        var id = Regex.Match(await _bridge.LoggedAsync(path), @"\[(\S+)\]").Groups[1].Value;
        var lines = _bridge.Log.Split('\n').Where(line => line.Contains(id, StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("worker stderr: first words", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("worker stderr: last words", lines[1], StringComparison.Ordinal);
        Assert.Contains("Refused", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_ThatExitsBeforeConnecting_AfterAnEarlyUpgradeIsAClose1011()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--upgrade", "early");

        await using var client = await RawClient.ConnectAsync(bridge.Port, "/exit-early");
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((1011, "The worker ended before it connected back."), (ending.Code, ending.Reason));
    }

    [Theory]
    [InlineData("never-connect", "")]
    [InlineData("hello", "?hello={id}")] // no newline
    public async Task Worker_ThatNeverMeets_IsA504AndIsKilled(string handler, string query)
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--php-connect-timeout", "1");

        await using var client = await RawClient.HandshakeAsync(bridge.Port, $"/{handler}/x{query}");

        Assert.Equal(504, client.Status);
        Assert.StartsWith("connect-timeout. Waited 1 s. ", await bridge.RefusedAsync($"/{handler}/x"), StringComparison.Ordinal);
        await Eventually.IsTrueAsync(() => ProcessTable.Children(bridge.Id).Count == 0, () => "The worker still runs.");
    }

    [Fact]
    public async Task Client_ThatLeavesDuringTheLaunch_EndsTheWorkerAtOnce()
    {
        var client = await RawClient.TcpAsync(_bridge.Port);
        await client.SendAsync(RawClient.Handshake("/never-connect"));
        var line = await _bridge.LoggedAsync("not connecting as ");
        var pid = int.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

        client.Reset();

        await Eventually.IsTrueAsync(() => !ProcessTable.IsAlive(pid), () => $"Worker {pid} still runs.");
    }

    [Fact]
    public async Task Output_PrintedBeforeConnecting_ReachesTheClientAndHarmsNothing()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/print-first");

        Assert.Equal("printed \0\xff before connecting"u8.Length - 1, (await client.ReadDataAsync(27)).Length);
        await client.SendTextAsync("works");

        Assert.Equal("works"u8.ToArray(), await client.ReadDataAsync(5));
    }

    [Theory]
    [InlineData("id and payload in one segment", "%7Bid%7D%0Aearly%20payload", "early payload")]
    [InlineData("CRLF after the id", "%7Bid%7D%0D%0A", "")]
    [InlineData("payload that looks like a hello", "%7Bid%7D%0A%7Bid%7D%0A", null)]
    public async Task Hello_ThatIsGood_IsAccepted(string what, string hello, string? payload)
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/hello?hello=" + hello);
        payload ??= (await _bridge.OpenedAsync(client)).Id + "\n";

        await client.SendTextAsync("!");

        Assert.Equal(payload + "!", await client.ReadUntilAsync("!"));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task Hello_ByteByByte_IsAccepted()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/hello-slow");

        await client.SendTextAsync("patience");

        Assert.Equal("patience"u8.ToArray(), await client.ReadDataAsync(8));
    }

    [Theory]
    [InlineData("an unknown id", "11111111-2222-4333-8444-555555555555%0A", "no session waits for id 11111111-2222-4333-8444-555555555555")]
    [InlineData("no id", "hello%20world%0A", "its first line is not a connection id")]
    [InlineData("an empty line", "%0A", "its first line is not a connection id")]
    [InlineData("space before the id", "%20%7Bid%7D%0A", "its first line is not a connection id")]
    [InlineData("HTTP", "GET%20/%20HTTP/1.1%0D%0A%0D%0A", "its first line is not a connection id")]
    [InlineData("binary", "%00%FF%FE%0A", "its first line is not a connection id")]
    public async Task Hello_ThatIsWrong_ClosesTheBackConnectionAtOnce(string what, string hello, string logged)
    {
        var path = Tag.Path("hello");

        // The handler ends when it is cut off, and says so.
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, $"{path}?hello={hello}");

        Assert.True(client.Status == 502, what);
        Assert.StartsWith("worker-died. It exited with status 7. ", await _bridge.RefusedAsync(path), StringComparison.Ordinal);
        await _bridge.LoggedAsync("A back-connection was closed: " + Regex.Escape(logged));
    }

    [Fact]
    public async Task Hello_WithoutANewlineIn256Bytes_ClosesTheBackConnectionAtOnce()
    {
        const string Complaint = "its first line is not a connection id";
        var path = Tag.Path("hello");
        var before = _bridge.CountLogged(Complaint);

        await using var client = await RawClient.HandshakeAsync(_bridge.Port, $"{path}?hello={new string('a', 257)}");

        Assert.Equal(502, client.Status);
        Assert.StartsWith("worker-died. It exited with status 7. ", await _bridge.RefusedAsync(path), StringComparison.Ordinal);
        Assert.Equal(before + 1, _bridge.CountLogged(Complaint)); // logged before the handler could see the end
    }

    [Fact]
    public async Task Hello_AfterAWrongOne_IsStillAccepted()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/hello-retry");
        await _bridge.SaidAsync(await _bridge.OpenedAsync(client), "wrong id answered with 0 bytes");

        await client.SendTextAsync("again");

        Assert.Equal("again"u8.ToArray(), await client.ReadDataAsync(5));
    }

    [Fact]
    public async Task Hello_SaidTwice_LeavesTheFirstConnectionAlone()
    {
        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/hello-twice");
        await client.SendTextAsync("now");

        await client.ReadUntilAsync("second closed");
        await client.SendTextAsync("first lives");

        Assert.Equal("first lives"u8.ToArray(), await client.ReadDataAsync(11));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%7Bid%7D")]
    public async Task Hello_ThatDoesNotCome_IsCutOffAfterTheHelloTimeout(string hello)
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--hello-timeout", "300ms");

        await using var client = await RawClient.HandshakeAsync(bridge.Port, "/hello?hello=" + hello);

        Assert.Equal(502, client.Status);
        await bridge.LoggedAsync(@"no connection id and newline came within 0\.3 s \(--hello-timeout\)");
        await bridge.LoggedAsync("the bridge closed the back-connection");
    }

    [Fact]
    public async Task WorkerPort_WithStrangers_StillServesWorkers()
    {
        var strangers = new List<RawClient>();
        for (var i = 0; i < 50; i++)
            strangers.Add(await RawClient.TcpAsync(_bridge.WorkerPort));

        await using var client = await RawClient.ConnectAsync(_bridge.Port, "/echo");
        await client.SendTextAsync("through");

        Assert.Equal("through"u8.ToArray(), await client.ReadDataAsync(7));
        foreach (var stranger in strangers)
            await stranger.DisposeAsync();
    }

    private static async Task<BridgeProcess> StartAndLoseProgramAsync(Scratch scratch, params string[] arguments)
    {
        var program = scratch.Script("php", "exit 0");
        var bridge = await BridgeProcess.StartAsync(["--php-executable", program, "--script", BridgeProcess.Handler("echo.php"), .. arguments]);
        File.Delete(program);
        return bridge;
    }

    public sealed class Fixture : BridgeFixture;
}
