using System.Globalization;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge;

/// <summary>
/// Ends all sessions in order, spread over a period: those still being launched at once, for nothing was served yet; then the idle ones first; those
/// whose worker can be told, and is told how long it has, after the others. Who was admitted a moment before the gate closed is ended when it comes.
/// </summary>
/// <param name="registry">The sessions; the gate is closed already.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="random">For the moments, and for how long each client is to wait; used on many threads, like <see cref="Random.Shared"/>.</param>
public sealed class SessionDrain(SessionRegistry registry, TimeProvider timeProvider, Random random)
{
    /// <summary>Returns when no session is left (true), when the time is over, or when it is stopped, upon which it ends no further session.</summary>
    /// <param name="options">The times and words.</param>
    /// <param name="stop">Ends the drain, not the sessions.</param>
    public async Task<bool> RunAsync(SessionDrainOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        var start = timeProvider.GetTimestamp();
        registry.Meet(() => stop.IsCancellationRequested ? null : Farewell(options));
        var sessions = Order(options);
        var told = sessions.Count(session => session.CanHearOfEnd);
        var moments = CloseSchedule.Spread(
            sessions.Length - told, told, options.Period < options.Timeout ? options.Period : options.Timeout, random);
        for (var i = sessions.Length - told; i < sessions.Length; i++)
            sessions[i].AnnounceEnd(moments[i]);

        var allGone = Task.WhenAll(sessions.Select(session => session.Completion));
        for (var i = 0; i < sessions.Length; i++)
        {
            if (await allGone.EndsWithin(Left(moments[i], start), timeProvider, stop))
                break;
            if (stop.IsCancellationRequested)
                return registry.Count == 0;
            sessions[i].RequestEnd(Farewell(options));
        }

        // Everybody has been asked by now; this is the wait.
        return stop.IsCancellationRequested
            ? registry.Count == 0
            : await registry.CloseAllAsync(Farewell(options), Left(options.Timeout, start), stop);
    }

    private Session[] Order(SessionDrainOptions options)
    {
        var sessions = new List<Session>();
        foreach (var session in registry.Sessions)
            if (session.State == SessionState.Launching)
                session.RequestEnd(Farewell(options));
            else
                sessions.Add(session);
        return [.. sessions.OrderBy(session => session.CanHearOfEnd).ThenBy(session => session.ActiveAt)];
    }

    private TimeSpan Left(TimeSpan moment, long start)
    {
        var left = moment - timeProvider.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private Refusal Farewell(SessionDrainOptions options)
    {
        var wait = (long)(options.RetrySpread.TotalMilliseconds * random.NextDouble());
        return Refusals.Draining with
        {
            CloseCode = options.CloseCode,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{Refusals.Draining.Reason} retry={wait}"),
        };
    }
}
