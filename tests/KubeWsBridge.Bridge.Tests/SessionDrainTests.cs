using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests;

public class SessionDrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();
    private readonly SessionRegistry _registry;
    private readonly SessionDrain _drain;

    public SessionDrainTests()
    {
        _registry = new SessionRegistry(_time);
        _drain = new SessionDrain(_registry, _time, new Random(7));
    }

    [Fact]
    public async Task Run_NoSession_IsOverAtOnce() => Assert.True(await RunAsync(TimeSpan.FromHours(1)));

    [Fact]
    public async Task Run_Sessions_LaunchingAtOnceThenIdleFirstThenTold()
    {
        var told = Open(tellable: true);
        var busy = Open();
        var idle = Open();
        var launching = Add();
        _time.Advance(TimeSpan.FromSeconds(3));
        busy.Traffic!.CountSent(5, 1);
        busy.Tick();
        told.Session.Tick();

        var draining = RunAsync(TimeSpan.FromSeconds(60));
        var order = new List<Session>();
        Assert.True(launching.EndRequested.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(60), told.Path.Announced);
        for (var i = 0; i < 60_000 && order.Count < 3; i++)
        {
            await SettleAsync();
            order.AddRange(new[] { told.Session, busy, idle }.Where(session => session.EndRequested.IsCompleted && !order.Contains(session)));
            _time.Advance(TimeSpan.FromMilliseconds(order.Count < 2 ? 1 : 1000));
        }

        Assert.Equal([idle, busy, told.Session], order);
        foreach (var session in _registry.Sessions)
            _registry.Remove(session);
        Assert.True(await draining.WaitAsync(Patience));
    }

    [Fact]
    public async Task Run_EveryClient_IsToldCodeAndWait()
    {
        Session[] sessions = [.. Enumerable.Range(0, 50).Select(_ => Add())];

        _ = RunAsync(TimeSpan.FromSeconds(5), closeCode: 1012);

        var refusals = await Task.WhenAll(sessions.Select(session => session.EndRequested)).WaitAsync(Patience);
        Assert.All(refusals, refusal => Assert.Equal((Refusals.Draining.Name, 1012), (refusal.Name, refusal.CloseCode!.Value)));
        Assert.All(refusals, refusal => Assert.Matches(@"^The server is going away; reconnect\. retry=\d{1,3}$", refusal.Reason));
        Assert.True(refusals.Select(refusal => refusal.Reason).Distinct().Count() > 40);
    }

    [Fact]
    public async Task Run_SessionAdmittedAMomentBefore_IsToldTheSameWhenItComes()
    {
        Open(tellable: true);
        _ = RunAsync(TimeSpan.FromHours(1), closeCode: 1012);

        var refusal = await Add().EndRequested.WaitAsync(Patience);

        Assert.Equal((Refusals.Draining.Name, 1012), (refusal.Name, refusal.CloseCode!.Value));
        Assert.Matches(@" retry=\d{1,3}$", refusal.Reason);
    }

    [Fact]
    public async Task Run_CalledOff_WhoComesThenIsWelcome()
    {
        Open(tellable: true);
        using var stop = new CancellationTokenSource();

        _ = RunAsync(TimeSpan.FromHours(1), stop: stop.Token);
        await stop.CancelAsync();

        Assert.False(Add().EndRequested.IsCompleted);
    }

    [Fact]
    public async Task Run_ToldWorkersEndByThemselves_IsOverAndNobodyIsAsked()
    {
        var sessions = new[] { Open(tellable: true).Session, Open(tellable: true).Session };

        var draining = RunAsync(TimeSpan.FromHours(1));
        foreach (var session in sessions)
            _registry.Remove(session);

        Assert.True(await draining.WaitAsync(Patience));
        Assert.All(sessions, session => Assert.False(session.EndRequested.IsCompleted));
    }

    [Fact]
    public async Task Run_Stopped_EndsNoFurtherSession()
    {
        var (session, _) = Open(tellable: true);
        using var stop = new CancellationTokenSource();

        var draining = RunAsync(TimeSpan.FromHours(1), stop: stop.Token);
        await stop.CancelAsync();

        Assert.False(await draining.WaitAsync(Patience));
        Assert.False(session.EndRequested.IsCompleted);
    }

    [Fact]
    public async Task Run_PeriodLongerThanTheTimeout_IsCutToIt()
    {
        var (session, path) = Open(tellable: true);

        var draining = RunAsync(TimeSpan.FromHours(1), timeout: TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(await draining.WaitAsync(Patience));
        Assert.Equal(TimeSpan.FromSeconds(2), path.Announced);
        Assert.True(session.EndRequested.IsCompleted);
    }

    private Task<bool> RunAsync(TimeSpan period, TimeSpan? timeout = null, int closeCode = 1001, CancellationToken stop = default) => _drain.RunAsync(
        new SessionDrainOptions { Period = period, Timeout = timeout ?? TimeSpan.FromHours(2), CloseCode = closeCode }, stop);

    /// <summary>Lets continuations on the pool come to their next wait.</summary>
    private static async Task SettleAsync()
    {
        for (var i = 0; i < 3; i++)
            await Task.Run(() => { });
    }

    private Session Add()
    {
        var session = Sessions.Create(_time);
        _registry.Add(session);
        return session;
    }

    private Session Open() => Open(tellable: false).Session;

    private (Session Session, FakePath Path) Open(bool tellable)
    {
        var (session, path) = (Add(), new FakePath(tellable));
        session.Upgraded(path, null);
        return (session, path);
    }
}
