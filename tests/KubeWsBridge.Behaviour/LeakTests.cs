using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>After every kind of fault the bridge holds what it held before: no process, socket, pipe, descriptor or thread more.</summary>
public sealed class LeakTests(LeakTests.Fixture fixture) : IClassFixture<LeakTests.Fixture>
{
    private const int Rounds = 8;
    private readonly BridgeProcess _bridge = fixture.Bridge;

    [Theory]
    [InlineData("/echo")]
    [InlineData("/exit-early")] // dies before it connects
    [InlineData("/never-connect")] // until the connect timeout
    [InlineData("/hello?hello=nonsense%0A")]
    [InlineData("/hello?hello=%7Bid%7D")] // until the connect timeout
    [InlineData("/hello-twice")]
    [InlineData("/exit?code=3")]
    [InlineData("/exit?signal=9")]
    [InlineData("/exit?bytes=500000")]
    [InlineData("/half-close")]
    [InlineData("/never-read")]
    [InlineData("/flood")]
    [InlineData("/grandchild")]
    [InlineData("/grandchild-holds")]
    [InlineData("/handoff")]
    [InlineData("/stubborn")]
    [InlineData("/close-stdout")]
    [InlineData("/stdout-after")]
    [InlineData("/nowhere")]
    public async Task Sessions_WithThisHandler_LeaveNothing(string path)
    {
        await fixture.WarmUp.Value;
        var before = Footprint.Of(_bridge);

        await Task.WhenAll(Enumerable.Range(0, Rounds).Select(round => VisitAsync(path, round)));

        await before.IsRestoredAsync(_bridge);
    }

    [Fact]
    public async Task ConnectionsThatNeverSayWhatTheyWant_LeaveNothing()
    {
        await fixture.WarmUp.Value;
        var before = Footprint.Of(_bridge);

        for (var i = 0; i < Rounds; i++)
        {
            await using var silent = await RawClient.TcpAsync(_bridge.Port);
            await using var stranger = await RawClient.TcpAsync(_bridge.WorkerPort);
            await stranger.SendAsync("no hello"u8.ToArray());
            var cut = await RawClient.TcpAsync(_bridge.Port);
            await cut.SendAsync("GET / HT"u8.ToArray());
            cut.Reset();
        }

        // Who comes after them finds that they have been let in.
        await VisitAsync("/echo", 0);
        await before.IsRestoredAsync(_bridge);
    }

    [Fact]
    public async Task ClientsThatLeaveDuringTheLaunch_LeaveNothing()
    {
        await fixture.WarmUp.Value;
        var before = Footprint.Of(_bridge);

        for (var i = 0; i < Rounds; i++)
        {
            var client = await RawClient.TcpAsync(_bridge.Port);
            await client.SendAsync(RawClient.Handshake("/echo"));
            client.Reset();
        }

        // Who comes after them finds that they have been let in.
        await VisitAsync("/echo", 0);
        await before.IsRestoredAsync(_bridge);
    }

    [Fact]
    public async Task ClientsThatBreakTheRules_LeaveNothing()
    {
        await fixture.WarmUp.Value;
        var before = Footprint.Of(_bridge);
        byte[][] faults = [RawClient.Frame(3, []), RawClient.Frame(1, [0xFF]), RawClient.Frame(1, "x"u8, masked: false), RawClient.Frame(0, []), RawClient.Frame(8, [1])];

        foreach (var fault in faults)
        {
            await using var client = await RawClient.ConnectAsync(_bridge.Port, "/echo");
            await client.SendAsync(fault);
            await client.ReadToEndAsync();
        }

        await before.IsRestoredAsync(_bridge);
    }

    /// <summary>One visit, ended by close, reset or end of file in turn.</summary>
    private async Task VisitAsync(string path, int round)
    {
        await using var client = await RawClient.HandshakeAsync(_bridge.Port, path);
        if (client.Status != 101)
            return;
        await client.TrySendAsync(RawClient.Frame(1, "!"u8));
        if (path.StartsWith("/exit", StringComparison.Ordinal) && round % 2 == 0)
            await client.ReadToCloseAsync();
        else if (round % 3 == 0)
            await client.TrySendAsync(RawClient.Frame(8, RawClient.ClosePayload(1000)));
        else if (round % 3 == 1)
            client.Reset();
    }

    public sealed class Fixture : BridgeFixture
    {
        public Fixture()
            : base("--worker-grace", "300ms", "--terminate-grace", "300ms", "--php-connect-timeout", "2s", "--hello-timeout", "1s", "--header-timeout", "2s") =>
            WarmUp = new(() => Task.WhenAll(Enumerable.Range(0, Rounds).Select(async _ =>
            {
                // What the runtime keeps for good is opened by the first sessions.
                await using var client = await RawClient.ConnectAsync(Bridge.Port, "/echo");
                var session = await Bridge.OpenedAsync(client);
                await client.SendCloseAsync(1000);
                await client.ReadToCloseAsync();
                await Bridge.ClosedAsync(session);
            })));

        public Lazy<Task> WarmUp { get; }
    }
}
