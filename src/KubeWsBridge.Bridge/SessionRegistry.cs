using System.Collections.Concurrent;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge;

/// <summary>
/// All sessions that have anything left to clean up. A session is added before its worker is launched and removed after it is torn down, so
/// "drained" is true exactly when the registry is empty.
/// </summary>
public sealed class SessionRegistry(TimeProvider timeProvider)
{
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, Session> _sessions = new();
    private Func<Refusal?> _farewell = static () => null;
    private long _turnover;

    /// <summary>How many there are.</summary>
    public int Count => _sessions.Count;

    /// <summary>How many have come and gone so far: each counts when it comes and when it goes.</summary>
    public long Turnover => Volatile.Read(ref _turnover);

    /// <summary>A moment's view of them.</summary>
    public IEnumerable<Session> Sessions => _sessions.Select(entry => entry.Value);

    /// <summary>The session of this id; null when there is none (any more).</summary>
    public Session? Find(Guid id) => _sessions.GetValueOrDefault(id);

    /// <summary>Asks every session for an orderly end and waits; true when none is left.</summary>
    public Task<bool> CloseAllAsync(Refusal refusal, TimeSpan timeout, CancellationToken hurry = default)
    {
        foreach (var session in Sessions)
            session.RequestEnd(refusal);
        return AllGoneWithin(timeout, hurry);
    }

    /// <summary>Ends every session at once and waits a few seconds for the last to be torn down; true when none is left.</summary>
    public Task<bool> AbortAllAsync(Refusal refusal)
    {
        Meet(() => refusal);
        foreach (var session in Sessions)
            session.Abort(refusal);
        return AllGoneWithin(AbortTimeout, CancellationToken.None);
    }

    /// <summary>
    /// Meets every session that comes in from now on: with a refusal to end with at once, or with null, when it is welcome. Whoever asks all sessions
    /// to end says this first: one that was admitted a moment before the gate closed is then either there to be asked, or is met.
    /// </summary>
    internal void Meet(Func<Refusal?> farewell) => Interlocked.Exchange(ref _farewell, farewell); // a full fence: those who are there are looked for after it

    internal void Add(Session session)
    {
        _sessions[session.Id] = session;
        Interlocked.Increment(ref _turnover);
        if (Volatile.Read(ref _farewell)() is { } refusal)
            session.RequestEnd(refusal);
    }

    internal void Remove(Session session)
    {
        _sessions.TryRemove(session.Id, out _);
        Interlocked.Increment(ref _turnover);
        session.Complete();
    }

    private async Task<bool> AllGoneWithin(TimeSpan timeout, CancellationToken hurry)
    {
        // Again and again: one that was admitted a moment before the end may be added a moment after it.
        var start = timeProvider.GetTimestamp();
        while (!_sessions.IsEmpty)
        {
            var left = timeout - timeProvider.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !await Task.WhenAll(Sessions.Select(session => session.Completion)).EndsWithin(left, timeProvider, hurry))
                break;
        }

        return _sessions.IsEmpty;
    }
}
