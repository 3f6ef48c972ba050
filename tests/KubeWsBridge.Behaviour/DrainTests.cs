using System.Globalization;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>The ordered end of the program, and the disordered ones.</summary>
public class DrainTests
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;

    /// <summary>Starts a bridge with all handlers.</summary>
    protected virtual Task<BridgeProcess> StartAsync(params string[] options) => BridgeProcess.StartWithHandlersAsync(options);

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    public async Task Signal_WithSessions_ClosesThemWith1001AndExits0(int signal)
    {
        await using var bridge = await StartAsync();
        await using var echo = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await using var collect = await RawClient.ConnectAsync(bridge.Port, "/collect");
        var session = await bridge.OpenedAsync(collect);
        await collect.SendTextAsync("something");
        await collect.WaitUntilTakenAsync();

        bridge.Signal(signal);
        var endings = await Task.WhenAll(echo.ReadToCloseAsync(), collect.ReadToCloseAsync());

        Assert.All(endings, ending => Assert.Equal(1001, ending.Code));
        Assert.All(endings, ending => Assert.Matches(@"^The server is going away; reconnect\. retry=\d{1,3}$", ending.Reason));
        Assert.Equal(0, await bridge.ExitAsync());
        await bridge.SaidAsync(session, "read 9 bytes ");
        await bridge.LoggedAsync("Draining 2 sessions");
        await bridge.LoggedAsync("Drained");
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Signal_WithoutSessions_ExitsAtOnceWith0()
    {
        await using var bridge = await StartAsync();

        Assert.Equal(0, await bridge.StopAsync());
    }

    [Fact]
    public async Task Signal_WorkerWithLastWords_TheyReachTheClient()
    {
        await using var bridge = await StartAsync("--tail-timeout", "20s");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/last-words?bytes=100000");

        bridge.Signal(Terminate);
        var ending = await client.ReadToCloseAsync();

        Assert.Equal((100_005, 1001), (ending.Data.Length, ending.Code));
        Assert.Equal(0, await bridge.ExitAsync());
    }

    [Fact]
    public async Task Signal_WorkerThatIgnoresIt_HasItsGraceFromTheEndOfItsInput()
    {
        // Nobody else would end it: the client's part waits for its last words until the drain is cut short.
        await using var bridge = await StartAsync("--tail-timeout", "1h", "--worker-grace", "300ms", "--terminate-grace", "300ms");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        var session = await bridge.OpenedAsync(client);
        await client.ReadUntilAsync("ready");

        bridge.Signal(Terminate);

        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
        Assert.Equal(0, await bridge.ExitAsync());
        await bridge.SaidAsync(session, "ignores SIGTERM");
        Assert.EndsWith("worker ended with signal 9.", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        Assert.DoesNotMatch("cut short", bridge.Log);
    }

    [Fact]
    public async Task Connection_DuringTheDrain_IsRefusedWith503UntilTheLastWorkerIsGone()
    {
        using var scratch = new Scratch();
        await using var bridge = await StartAsync("--tail-timeout", "50ms", "--worker-grace", "1h", "--drain-timeout", "1h");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/read-late?file=" + scratch.File("go"));
        var session = await bridge.OpenedAsync(client);

        bridge.Signal(Terminate);
        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
        await using (var late = await RawClient.HandshakeAsync(bridge.Port, "/echo"))
        {
            Assert.Equal(503, late.Status);
            Assert.Contains("\r\nRetry-After: ", late.Response, StringComparison.Ordinal);
        }

        Assert.True(ProcessTable.IsAlive(session.WorkerId)); // its grace is its own, and it has got no signal
        File.WriteAllText(scratch.File("go"), "");
        Assert.Equal(0, await bridge.ExitAsync());
        await bridge.SaidAsync(session, "read 0 bytes ");
    }

    [Fact]
    public async Task DrainTimeout_WhenOver_EndsWhatIsLeftAndExits0()
    {
        await using var bridge = await StartAsync("--drain-timeout", "1s", "--worker-grace", "1h", "--tail-timeout", "50ms");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        var session = await bridge.OpenedAsync(client);
        await client.ReadUntilAsync("ready");

        Assert.Equal(0, await bridge.StopAsync());

        await bridge.LoggedAsync("The drain was cut short; 1 sessions");
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task DrainPeriod_AsLongAsTheTimeout_EndsTheLastSessionInOrderToo()
    {
        await using var bridge = await StartAsync("--drain-period", "8s", "--drain-timeout", "8s");
        await using var first = await RawClient.ConnectAsync(bridge.Port, "/messages");
        await using var second = await RawClient.ConnectAsync(bridge.Port, "/messages");
        await using var last = await RawClient.ConnectAsync(bridge.Port, "/messages");
        RawClient[] clients = [first, second, last];
        var sessions = await Task.WhenAll(clients.Select(client => bridge.OpenedAsync(client)));

        bridge.Signal(Terminate);
        var endings = await Task.WhenAll(clients.Select(client => client.ReadToCloseAsync()));

        Assert.All(endings, ending => Assert.Equal(1001, ending.Code));
        Assert.Equal(0, await bridge.ExitAsync());
        foreach (var session in sessions)
            Assert.EndsWith("worker ended with status 0.", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        await bridge.LoggedAsync("The drain timeout of 8 s keeps 4 s free .* the period is 4 s now instead of 8 s");
        await bridge.LoggedAsync("drainPeriod .* can be 4 s at most");
        Assert.DoesNotMatch("cut short", bridge.Log);
    }

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    public async Task SecondSignal_DuringTheDrain_EndsAllAtOnce(int signal)
    {
        await using var bridge = await StartAsync("--drain-timeout", "1h", "--worker-grace", "1h", "--tail-timeout", "1h");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        var session = await bridge.OpenedAsync(client);
        await client.ReadUntilAsync("ready");
        bridge.Signal(Terminate);
        await bridge.SaidAsync(session, "ignores the end of its input");

        bridge.Signal(signal);

        Assert.Equal(128 + signal, await bridge.ExitAsync());
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
        Assert.Equal(1006, (await client.ReadToEndAsync()).CloseCode);
        Assert.StartsWith("draining (1006) after ", await bridge.ClosedAsync(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_DuringALaunch_RefusesItWith503AndEndsTheWorker()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.TcpAsync(bridge.Port);
        await client.SendAsync(RawClient.Handshake("/never-connect"));
        var line = await bridge.LoggedAsync("not connecting as ");

        bridge.Signal(Terminate);
        await client.ReadResponseAsync();

        Assert.Equal(503, client.Status);
        Assert.Contains("\r\nRetry-After: ", client.Response, StringComparison.Ordinal);
        Assert.Equal(0, await bridge.ExitAsync());
        Assert.False(ProcessTable.IsAlive(int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Signal_AfterAnEarlyUpgradeDuringALaunch_ClosesWith1001()
    {
        await using var bridge = await StartAsync("--upgrade", "early");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/never-connect");
        await bridge.LoggedAsync("not connecting as ");

        bridge.Signal(Terminate);

        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
        Assert.Equal(0, await bridge.ExitAsync());
    }

    [Fact]
    public async Task Bridge_KilledWithSigkill_LeavesNoWorkerAndNoGrandchild()
    {
        await using var bridge = await StartAsync();
        await using var plain = await RawClient.ConnectAsync(bridge.Port, "/never-read");
        await using var family = await RawClient.ConnectAsync(bridge.Port, "/grandchild");
        await using var stubborn = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        var text = await family.ReadUntilAsync(";");
        var pids = new List<int> { int.Parse(text.Split(' ', ';')[1], CultureInfo.InvariantCulture) };
        foreach (var client in new[] { plain, family, stubborn })
            pids.Add((await bridge.OpenedAsync(client)).WorkerId);
        Assert.All(pids, pid => Assert.True(ProcessTable.IsAlive(pid)));

        bridge.Signal(Kill);

        Assert.Equal(128 + Kill, await bridge.ExitAsync());
        await Eventually.IsTrueAsync(() => !pids.Any(ProcessTable.IsAlive), () => $"Still alive: {string.Join(", ", pids.Where(ProcessTable.IsAlive))}");
    }
}
