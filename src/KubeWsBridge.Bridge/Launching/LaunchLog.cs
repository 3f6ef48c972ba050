using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>The log lines of launching and of what workers print.</summary>
internal static partial class LaunchLog
{
    private const int Base = EventRanges.Launching;

    [LoggerMessage(Base + 1, LogLevel.Information, "worker stderr: {Line}")]
    public static partial void WorkerErrorLine(ILogger logger, string line);

    [LoggerMessage(Base + 2, LogLevel.Warning, "worker stderr: {Count} more lines were suppressed")]
    public static partial void WorkerErrorLinesSuppressed(ILogger logger, int count);

    [LoggerMessage(Base + 3, LogLevel.Warning,
        "Workers will outlive the bridge if it is killed with SIGKILL: the lifeline could not be set up ({Reason}). Mount /proc.")]
    public static partial void NoLifeline(ILogger logger, string reason);

    [LoggerMessage(Base + 4, LogLevel.Information,
        "Worker exits are watched with SIGCHLD: this kernel or sandbox gave no pidfd ({Reason}).")]
    public static partial void NoPidfd(ILogger logger, string reason);

    [LoggerMessage(Base + 5, LogLevel.Warning,
        "PHP {Version} compiles every script anew for each connection, and on top of that sets up a cache that dies with it: opcache.enable_cli is on and " +
        "opcache.file_cache is not set. Set opcache.file_cache to a directory (a start of a large application is then 2 to 3 times faster), or turn " +
        "opcache.enable_cli off.")]
    public static partial void SlowOpcache(ILogger logger, string version);
}
