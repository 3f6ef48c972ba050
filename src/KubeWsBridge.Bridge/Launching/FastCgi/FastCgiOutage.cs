using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Remembers since when a pool can not be reached; its beginning and its end are logged once each.</summary>
internal sealed class FastCgiOutage(FastCgiAddress address, ILogger logger, TimeProvider time)
{
    // A restart of PHP-FPM takes a second or two and is nothing to take a pod out of service for.
    private static readonly TimeSpan DegradedAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long? _since;
    private string _reason = "";

    /// <summary>Whether the last attempt failed.</summary>
    public bool IsOngoing
    {
        get
        {
            lock (_lock)
                return _since is not null;
        }
    }

    /// <summary>Down once the outage is no restart any more.</summary>
    public LauncherHealth Health
    {
        get
        {
            lock (_lock)
                return _since is { } since && time.GetElapsedTime(since) is var length && length >= DegradedAfter
                    ? new LauncherHealth(
                        $"The PHP-FPM pool at {address} has not answered for {length.TotalSeconds:0} s ({_reason}): start PHP-FPM, or correct --fastcgi-address.",
                        IsDown: true)
                    : LauncherHealth.Ready;
        }
    }

    /// <summary>An attempt failed.</summary>
    public void Seen(string reason)
    {
        lock (_lock)
        {
            _reason = reason;
            if (_since is not null)
                return;
            _since = time.GetTimestamp();
        }

        FastCgiLog.PoolIsDown(logger, address, reason);
    }

    /// <summary>An attempt succeeded.</summary>
    public void Ended()
    {
        TimeSpan length;
        lock (_lock)
        {
            if (_since is not { } since)
                return;
            length = time.GetElapsedTime(since);
            _since = null;
        }

        FastCgiLog.PoolIsBack(logger, address, length.TotalSeconds);
    }
}
