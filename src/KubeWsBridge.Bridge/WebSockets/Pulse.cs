namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Knows when a client last showed life, when to ask it for some (RFC 6455 section 5.5.2), and when to give it up.</summary>
/// <remarks>
/// While the worker does not take what the client sent, nobody reads, and silence says nothing about the client. A client that takes
/// nothing does: it may be the reason why the worker is stuck. It is pinged all the same: if its connection is gone, only writing shows it.
/// One thread reads, one writes, and a third judges.
/// </remarks>
/// <param name="interval">Time between pings; zero for none.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Pulse(TimeSpan interval, TimeProvider timeProvider)
{
    private long _lastHeard = timeProvider.GetTimestamp();
    private long _lastPing = timeProvider.GetTimestamp();
    private long _writeWaitsSince;
    private volatile bool _readerWaits;

    /// <summary>Whether somebody waits for the client to send something.</summary>
    public bool ReaderWaits
    {
        set => _readerWaits = value;
    }

    /// <summary>The client has sent something, or taken what had to wait.</summary>
    public void Beat() => Volatile.Write(ref _lastHeard, timeProvider.GetTimestamp());

    /// <summary>A write has to wait for the client.</summary>
    public void WriteWaits() => Volatile.Write(ref _writeWaitsSince, timeProvider.GetTimestamp());

    /// <summary>No write waits any more.</summary>
    public void WriteEnded() => Volatile.Write(ref _writeWaitsSince, 0);

    /// <summary>Whether the client has shown no life for two intervals.</summary>
    public bool HasStopped => interval > TimeSpan.Zero && (_readerWaits ? Silence >= 2 * interval : WriteWaitsFor(2 * interval));

    /// <summary>Whether it is time for a ping.</summary>
    public bool IsPingDue => interval > TimeSpan.Zero && Silence >= interval && timeProvider.GetElapsedTime(_lastPing) >= interval;

    private TimeSpan Silence => timeProvider.GetElapsedTime(Volatile.Read(ref _lastHeard));

    /// <summary>A ping goes out.</summary>
    public void Pinged() => _lastPing = timeProvider.GetTimestamp();

    private bool WriteWaitsFor(TimeSpan time) =>
        Volatile.Read(ref _writeWaitsSince) is var since and not 0 && timeProvider.GetElapsedTime(since) >= time;
}
