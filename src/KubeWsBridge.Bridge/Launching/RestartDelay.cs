namespace KubeWsBridge.Bridge.Launching;

/// <summary>How long to wait before something that has ended is started again: not at all after a good life, ever longer after short ones.</summary>
internal sealed class RestartDelay
{
    /// <summary>No wait is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Who has lived so long has worked.</summary>
    public static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private TimeSpan _next;

    /// <summary>The wait after a life of this length.</summary>
    public TimeSpan After(TimeSpan life)
    {
        if (life >= GoodLife)
            _next = TimeSpan.Zero;

        var delay = _next;
        _next = _next == TimeSpan.Zero ? First : TimeSpan.FromTicks(Math.Min(2 * _next.Ticks, Longest.Ticks));
        return delay;
    }
}
