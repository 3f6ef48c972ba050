using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Draining;

/// <summary>What the drain logs.</summary>
internal static partial class DrainLog
{
    private const int Base = EventRanges.Hosting;

    [LoggerMessage(Base + 2, LogLevel.Information, "Draining {Sessions} sessions for at most {Seconds:0.#} s; a second signal ends them at once.")]
    public static partial void Draining(ILogger logger, int sessions, double seconds);

    [LoggerMessage(Base + 3, LogLevel.Warning, "The drain was cut short; {Sessions} sessions are ended at once. Raise --drain-timeout for more time.")]
    public static partial void CutShort(ILogger logger, int sessions);

    [LoggerMessage(Base + 4, LogLevel.Information, "Drained.")]
    public static partial void Drained(ILogger logger);

    [LoggerMessage(Base + 30, LogLevel.Information,
        "Draining begins: readiness is withdrawn, new connections are accepted for {Seconds:0.#} s more (--drain-delay).")]
    public static partial void Leaving(ILogger logger, double seconds);

    [LoggerMessage(Base + 31, LogLevel.Warning,
        "The grace period of {Grace:0.#} s is too short for a drain of {Needed:0.#} s: the delay is {Delay:0.#} s and the period {Period:0.#} s now. "
        + "Raise terminationGracePeriodSeconds and --grace-period, or lower --drain-delay or --drain-period.")]
    public static partial void Shortened(ILogger logger, double grace, double needed, double delay, double period);

    [LoggerMessage(Base + 32, LogLevel.Information, "The drain was called off; {Sessions} sessions go on, and new connections are accepted.")]
    public static partial void Cancelled(ILogger logger, int sessions);

    [LoggerMessage(Base + 33, LogLevel.Error, "The drain failed inside; this is a bug. Sessions are ended at once.")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(Base + 34, LogLevel.Warning,
        "The drain timeout of {Timeout:0.#} s keeps {Kept:0.#} s free for the last sessions to end in: the period is {Period:0.#} s now instead of {Wished:0.#} s. "
        + "Raise --drain-timeout, or lower --drain-period, --worker-grace or --terminate-grace.")]
    public static partial void PeriodCut(ILogger logger, double timeout, double kept, double period, double wished);
}
