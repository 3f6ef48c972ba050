using KubeWsBridge.Bridge;

namespace KubeWsBridge.Hosting.Draining;

/// <summary>The times of one drain: the configured ones, or shorter ones that fit the grace period.</summary>
/// <param name="Delay">How long connections are still accepted.</param>
/// <param name="Sessions">How sessions are ended after that.</param>
/// <param name="IsShortened">Whether the configured times do not fit.</param>
internal sealed record DrainPlan(TimeSpan Delay, SessionDrainOptions Sessions, bool IsShortened)
{
    /// <summary>What the grace period must have room for beside the configured times: the program's own end, on a busy machine.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeastRetrySpread = TimeSpan.FromSeconds(1);

    /// <summary>How long all of it takes at most.</summary>
    public TimeSpan Longest => Delay + Sessions.Timeout;

    /// <summary>The grace period that the configured times need.</summary>
    public static TimeSpan Needed(DrainOptions options) => options.Delay + Wished(options) + options.WorkerTime + Margin;

    /// <summary>Makes the times. When they do not fit, delay and period are shortened alike, and what the period no longer spreads the clients' waits do.</summary>
    public static DrainPlan Of(DrainOptions options)
    {
        var (delay, period, timeout, wished) = (options.Delay, Wished(options), options.Timeout, Wished(options));
        var isShortened = options.GracePeriod > TimeSpan.Zero && Needed(options) > options.GracePeriod;
        if (options.GracePeriod > TimeSpan.Zero)
        {
            // However short it is, every step gets its part of it.
            var margin = Min(Margin, options.GracePeriod / 4);
            var room = options.GracePeriod - margin - Min(options.WorkerTime, options.GracePeriod / 2);
            if (delay + period > room)
                (delay, period) = (delay * (room / (delay + wished)), period * (room / (delay + wished)));
            timeout = Min(timeout, options.GracePeriod - margin - delay);
        }

        return new DrainPlan(
            delay,
            new SessionDrainOptions { Period = period, Timeout = timeout, CloseCode = options.CloseCode, RetrySpread = LeastRetrySpread + wished - period },
            isShortened);
    }

    private static TimeSpan Wished(DrainOptions options) => Min(options.Period, options.Timeout);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
