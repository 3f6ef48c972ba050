using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge;

/// <summary>Brings what sessions carry to the metrics: now and then while they live, so that a day-long session shows, and the rest at their end.</summary>
internal sealed class SessionAccounts(BridgeMetrics metrics)
{
    // The clock and a session's end may come at the same moment.
    private readonly Lock _lock = new();

    /// <summary>Counts what the session has carried since the last time.</summary>
    public void Update(Session session)
    {
        if (session.Traffic is not { } traffic)
            return;
        lock (_lock)
            metrics.Carried(traffic.TakeFresh());
    }

    /// <summary>Counts the rest, and the end.</summary>
    public void Close(Session session, SessionEnd end)
    {
        Update(session);
        metrics.Closed(end.Name, end.CloseCode);
    }
}
