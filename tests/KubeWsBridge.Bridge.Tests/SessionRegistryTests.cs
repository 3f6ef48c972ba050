using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests;

public class SessionRegistryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SessionRegistry _registry;

    public SessionRegistryTests() => _registry = new SessionRegistry(_time);

    [Fact]
    public async Task CloseAllAsync_Empty_IsTrueAtOnce() =>
        Assert.True(await _registry.CloseAllAsync(Refusals.Draining, TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task CloseAllAsync_SessionsEnd_IsTrue()
    {
        var session = Add();
        var closing = _registry.CloseAllAsync(Refusals.Draining, TimeSpan.FromSeconds(1));

        Assert.Same(Refusals.Draining, await session.EndRequested);
        Assert.False(closing.IsCompleted);
        _registry.Remove(session);

        Assert.True(await closing);
    }

    [Fact]
    public async Task CloseAllAsync_TimeRunsOut_IsFalse()
    {
        Add();
        var closing = _registry.CloseAllAsync(Refusals.Draining, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await closing);
    }

    [Fact]
    public async Task AbortAllAsync_Always_CancelsEverySession()
    {
        var session = Add();
        var aborting = _registry.AbortAllAsync(Refusals.Draining);

        Assert.True(session.Aborted.IsCancellationRequested);
        _registry.Remove(session);
        Assert.True(await aborting);
    }

    [Fact]
    public async Task AbortAllAsync_SessionThatComesAfterIt_IsAskedToEnd()
    {
        _ = _registry.AbortAllAsync(Refusals.Draining);

        Assert.Same(Refusals.Draining, await Add().EndRequested);
    }

    [Fact]
    public async Task RequestEnd_Twice_FirstReasonStays()
    {
        var session = Add();
        session.RequestEnd(Refusals.ConnectionTimeout);
        session.RequestEnd(Refusals.Draining);

        Assert.Same(Refusals.ConnectionTimeout, await session.EndRequested);
    }

    [Fact]
    public async Task Tick_ConnectionTimeOver_AsksForTheEnd()
    {
        var session = Sessions.Create(_time, connectionTimeout: TimeSpan.FromSeconds(10));
        session.Tick();
        Assert.False(session.EndRequested.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(10));
        session.Tick();

        Assert.Same(Refusals.ConnectionTimeout, await session.EndRequested);
    }

    [Theory]
    [InlineData(0, 0, 20, 1000)]
    [InlineData(0, 0, 0, 1000)]
    [InlineData(2, 0, 20, 500)]
    [InlineData(0, 0.1, 20, 50)]
    public void Period_Always_FitsTheShortestTime(double connection, double worker, double heartbeat, int milliseconds)
    {
        var options = new BridgeOptions
        {
            Routes = [],
            ConnectionTimeout = TimeSpan.FromSeconds(connection),
            WorkerTimeout = TimeSpan.FromSeconds(worker),
            WebSockets = new() { HeartbeatInterval = TimeSpan.FromSeconds(heartbeat) },
        };

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), SessionClock.Period(options));
    }

    private Session Add()
    {
        var session = Sessions.Create(_time);
        _registry.Add(session);
        return session;
    }
}
