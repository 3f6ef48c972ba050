namespace KubeWsBridge.Bridge;

/// <summary>One timer that looks at every session's clocks, instead of timers for each.</summary>
internal sealed class SessionClock : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly SessionRegistry _registry;
    private readonly SessionAccounts _accounts;
    private readonly PeriodicTimer _timer;
    private Task _ticking = Task.CompletedTask;

    public SessionClock(SessionRegistry registry, SessionAccounts accounts, BridgeOptions options, TimeProvider timeProvider)
    {
        (_registry, _accounts) = (registry, accounts);
        _timer = new PeriodicTimer(Period(options), timeProvider);
    }

    /// <summary>Starts to look.</summary>
    public void Start() => _ticking = TickAsync();

    /// <summary>Looks often enough for sessions with these options too; those of before keep theirs.</summary>
    public void Watch(BridgeOptions options)
    {
        if (Period(options) is var period && period < _timer.Period)
            _timer.Period = period;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _ticking;
    }

    /// <summary>A quarter of the shortest time that is watched, within bounds.</summary>
    internal static TimeSpan Period(BridgeOptions options)
    {
        TimeSpan[] watched = [options.ConnectionTimeout, options.WorkerTimeout, options.WebSockets.HeartbeatInterval];
        var shortest = watched.Where(time => time > TimeSpan.Zero).Select(time => time / 4).DefaultIfEmpty(Longest).Min();
        return shortest < Shortest ? Shortest : shortest > Longest ? Longest : shortest;
    }

    private async Task TickAsync()
    {
        while (await _timer.WaitForNextTickAsync())
            foreach (var session in _registry.Sessions)
            {
                session.Tick();
                _accounts.Update(session);
            }
    }
}
