using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>What the fastcgi launcher logs of its pools.</summary>
internal static partial class FastCgiLog
{
    private const int Base = EventRanges.Launching + 60;

    [LoggerMessage(Base + 1, LogLevel.Information,
        "Workers come from the PHP-FPM pool at {Address}: {Workers} workers, {Reserve} kept free for HTTP. The pool should have pm = static, "
        + "request_terminate_timeout = 0, max_execution_time = 0, output_buffering = 0, implicit_flush = on, catch_workers_output = yes, "
        + "and process_control_timeout at least as long as the drain.")]
    public static partial void PoolInUse(ILogger logger, FastCgiAddress address, string workers, int reserve);

    [LoggerMessage(Base + 2, LogLevel.Error,
        "The PHP-FPM pool at {Address} does not answer: {Reason}. Clients are refused until it does. Start PHP-FPM, or correct --fastcgi-address.")]
    public static partial void PoolIsDown(ILogger logger, FastCgiAddress address, string reason);

    [LoggerMessage(Base + 3, LogLevel.Information, "The PHP-FPM pool at {Address} answers again after {Seconds:0.0} s.")]
    public static partial void PoolIsBack(ILogger logger, FastCgiAddress address, double seconds);

    [LoggerMessage(Base + 4, LogLevel.Warning,
        "PHP-FPM's status page {Path} can not be read: {Reason} HTTP requests that use the pool are not counted until it can. "
        + "Set pm.status_path in the pool, or remove --fastcgi-status-path.")]
    public static partial void NoStatus(ILogger logger, string path, string reason);

    [LoggerMessage(Base + 5, LogLevel.Warning,
        "The PHP-FPM pool at {Address} has {Total} workers, but --fastcgi-workers says {Workers}: make both the same.")]
    public static partial void OtherSize(ILogger logger, FastCgiAddress address, int total, int workers);

    [LoggerMessage(Base + 6, LogLevel.Warning,
        "The PHP-FPM pool at {Address} is {ProcessManager}: under a burst of connections its workers come late or, with ondemand, not at all. Use pm = static.")]
    public static partial void NotStatic(ILogger logger, FastCgiAddress address, string processManager);

    [LoggerMessage(Base + 7, LogLevel.Warning,
        "The PHP-FPM pool at {Address} has {Workers} workers and --fastcgi-reserve keeps {Reserve} of them free: no session can start.")]
    public static partial void NothingLeft(ILogger logger, FastCgiAddress address, int workers, int reserve);
}
