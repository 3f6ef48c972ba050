using KubeWsBridge.Bridge;

namespace KubeWsBridge.Hosting.Draining;

/// <summary>The times of one drain: the configured ones, or shorter ones that fit the drain timeout and the grace period.</summary>
/// <param name="Delay">How long connections are still accepted.</param>
/// <param name="Sessions">How sessions are ended after that.</param>
/// <param name="IsShortened">Whether the configured times do not fit the grace period.</param>
/// <param name="IsPeriodCut">Whether the configured period leaves the last sessions too little of the timeout.</param>
internal sealed record DrainPlan(TimeSpan Delay, SessionDrainOptions Sessions, bool IsShortened, bool IsPeriodCut)
{
    /// <summary>What the grace period must have room for beside the configured times: the program's own end, on a busy machine.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    // A worker that is killed when its whole time is over is gone a moment later, and that is not to be the moment in which the drain is cut short.
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeastRetrySpread = TimeSpan.FromSeconds(1);

    /// <summary>How long all of it takes at most.</summary>
    public TimeSpan Longest => Delay + Sessions.Timeout;

    /// <summary>The grace period that the configured times need.</summary>
    public static TimeSpan Needed(DrainOptions options) => options.Delay + Wished(options) + options.WorkerTime + Margin;

    /// <summary>What the timeout keeps free behind the period, or the last sessions would be cut as soon as they are asked to end: their time, at most half of it.</summary>
    public static TimeSpan KeptFree(DrainOptions options) => Min(LastTime(options), options.Timeout / 2);

    /// <summary>Makes the times. When they do not fit, delay and period are shortened alike, and what the period no longer spreads the clients' waits do.</summary>
    public static DrainPlan Of(DrainOptions options)
    {
        var (delay, period, timeout, wished) = (options.Delay, Wished(options), options.Timeout, Wished(options));
        var isShortened = options.GracePeriod > TimeSpan.Zero && Needed(options) > options.GracePeriod;
        if (options.GracePeriod > TimeSpan.Zero)
        {
            // However short it is, every step gets its part of it.
            var margin = Min(Margin, options.GracePeriod / 4);
            var room = options.GracePeriod - margin - Min(LastTime(options), options.GracePeriod / 2);
            if (delay + period > room)
                (delay, period) = (delay * (room / (delay + wished)), period * (room / (delay + wished)));
            timeout = Min(timeout, options.GracePeriod - margin - delay);
        }

        period = Min(period, timeout - Min(LastTime(options) + LastMoment, timeout / 2));
        var retrySpread = LeastRetrySpread + Min(options.Period, options.Timeout) - period;
        return new DrainPlan(
            delay,
            new SessionDrainOptions { Period = period, Timeout = timeout, CloseCode = options.CloseCode, RetrySpread = retrySpread },
            isShortened,
            wished < options.Period);
    }

    private static TimeSpan Wished(DrainOptions options) => Min(options.Period, options.Timeout - KeptFree(options));

    /// <summary>How long the last session may take once it is asked to end: its client and its worker end side by side.</summary>
    private static TimeSpan LastTime(DrainOptions options) => options.WorkerTime > options.ClientTime ? options.WorkerTime : options.ClientTime;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
