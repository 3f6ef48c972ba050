using System.Net;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Draining;

/// <summary>The drain as the operator starts it, watches it and calls it off.</summary>
public class OperatorDrainTests
{
    [Fact]
    public async Task Post_Wait_AnswersWhenDrainedAndTheProgramEndsWith0()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");

        var draining = bridge.DrainAsync(HttpMethod.Post, "?wait");

        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
        var (status, answer) = await draining;
        Assert.Equal((HttpStatusCode.OK, "exiting", 0), (status, answer.GetProperty("state").GetString(), answer.GetProperty("sessionsLeft").GetInt32()));
        Assert.Equal(0, await bridge.ExitAsync());
    }

    [Fact]
    public async Task Command_Wait_EndsWhenDrainedAndASignalThenCostsNothing()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        var address = new Uri(await Operator.UrlAsync(bridge, "/")).Authority;

        await using (var command = BridgeProcess.Launch(["drain", "--wait", "--management-address", address]))
        {
            Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
            Assert.Equal(0, await command.ExitAsync());
            Assert.Contains(command.Output, line => line.Contains("\"state\": \"exiting\"", StringComparison.Ordinal));
        }

        bridge.Signal(15);
        Assert.Equal(0, await bridge.ExitAsync());
        Assert.Equal(1, bridge.CountLogged("Drained"));
    }

    [Fact]
    public async Task Delete_WhileLeaving_EverythingIsAsBefore()
    {
        await using var bridge = await StartAsync("--drain-delay", "1h");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        var (status, answer) = await bridge.DrainAsync(HttpMethod.Post);
        Assert.Equal((HttpStatusCode.Accepted, "leaving", 1), (status, answer.GetProperty("state").GetString(), answer.GetProperty("sessionsAtStart").GetInt32()));
        Assert.Equal(TimeSpan.FromHours(1), answer.GetProperty("closesAt").GetDateTimeOffset() - answer.GetProperty("startedAt").GetDateTimeOffset());
        Assert.Equal(503, await bridge.ProbeAsync("/readyz"));

        Assert.Equal(HttpStatusCode.OK, (await bridge.DrainAsync(HttpMethod.Delete)).Status);

        Assert.Equal("serving", await bridge.DrainStateAsync());
        Assert.Equal(200, await bridge.ProbeAsync("/readyz"));
        await client.SendTextAsync("on");
        Assert.Equal("on"u8.ToArray(), await client.ReadDataAsync(2));
    }

    [Fact]
    public async Task Delete_WhileClosing_EndsNoFurtherSessionAndAcceptsAgain()
    {
        await using var bridge = await StartAsync("--drain-period", "1h", "--drain-timeout", "2h");
        await using var raw = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await using var told = await RawClient.ConnectAsync(bridge.Port, "/messages");
        var waiting = bridge.DrainAsync(HttpMethod.Post, "?wait");
        Assert.Equal(1001, (await raw.ReadToCloseAsync()).Code);

        Assert.Equal(HttpStatusCode.OK, (await bridge.DrainAsync(HttpMethod.Delete)).Status);

        Assert.Equal(HttpStatusCode.Conflict, (await waiting).Status);
        await told.SendTextAsync("on");
        Assert.Equal("on", (await told.ReadMessageAsync()).Text);
        await using var next = await RawClient.ConnectAsync(bridge.Port, "/echo");
    }

    [Fact]
    public async Task Delete_AfterASignal_IsRefused()
    {
        await using var bridge = await StartAsync("--drain-delay", "1h");
        bridge.Signal(15);
        await bridge.LoggedAsync("Draining begins");

        var (status, answer) = await bridge.DrainAsync(HttpMethod.Delete);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("signal", answer.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GracePeriod_TooShort_WarnsAndShortensTheDrain()
    {
        await using var bridge = await StartAsync("--drain-delay", "1h", "--drain-period", "1h", "--drain-timeout", "2h", "--grace-period", "4s");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/messages");
        await using var stubborn = await RawClient.ConnectAsync(bridge.Port, "/stubborn");
        await stubborn.ReadUntilAsync("ready");
        var session = await bridge.OpenedAsync(stubborn);

        bridge.Signal(15);

        Assert.Equal(1001, (await client.ReadToCloseAsync()).Code);
        Assert.Equal(0, await bridge.ExitAsync());
        await bridge.LoggedAsync("gracePeriod .* a drain needs");
        await bridge.LoggedAsync("The grace period of 4 s is too short for a drain of 7217 s");
        Assert.False(ProcessTable.IsAlive(session.WorkerId));
    }

    [Fact]
    public async Task Metrics_WhileDraining_ShowIt()
    {
        await using var bridge = await StartAsync("--drain-delay", "1h");
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await bridge.DrainAsync(HttpMethod.Post);

        using var http = new HttpClient();
        var text = await http.GetStringAsync(await Operator.UrlAsync(bridge, "/metrics"));

        Assert.Matches(@"kubewsbridge_drain_state\{[^}]*state=""leaving""\} 1", text);
        Assert.Matches(@"kubewsbridge_drain_state\{[^}]*state=""serving""\} 0", text);
        Assert.Matches(@"kubewsbridge_drain_sessions_left\S* 1", text);
        Assert.Matches(@"kubewsbridge_drain_time_left_seconds\S* 36\d\d", text);
    }

    private static Task<BridgeProcess> StartAsync(params string[] options) => BridgeProcess.StartWithHandlersAsync([.. Operator.Options, .. options]);
}
