using System.Collections.Concurrent;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>Matches back-connections with the sessions that wait for them; each id is met once.</summary>
internal sealed class RendezvousTable
{
    private readonly ConcurrentDictionary<Guid, PendingMeeting> _pending = new();

    /// <summary>How many sessions wait.</summary>
    public int Count => _pending.Count;

    /// <summary>Makes the id known; to be called before the worker is launched. Disposing the result forgets it.</summary>
    public PendingMeeting Expect(Guid id)
    {
        var meeting = new PendingMeeting(this, id);
        if (!_pending.TryAdd(id, meeting))
            throw new InvalidOperationException($"Session {id} is expected already.");
        return meeting;
    }

    /// <summary>Hands the connection to the session that waits for it; false when none does, and the connection stays the caller's.</summary>
    public bool TryMeet(Guid id, Arrival connection)
    {
        if (!_pending.TryRemove(id, out var meeting))
            return false;
        meeting.Arrive(connection);
        return true;
    }

    /// <summary>Forgets the meeting; false when its connection has already arrived.</summary>
    internal bool Forget(PendingMeeting meeting) => _pending.TryRemove(KeyValuePair.Create(meeting.Id, meeting));
}
