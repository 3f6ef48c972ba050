using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>What is logged of pools.</summary>
internal static partial class PoolLog
{
    private const int Base = EventRanges.Launching + 30;

    [LoggerMessage(Base + 1, LogLevel.Information, "The pool of route {Route} keeps {Size} workers waiting.")]
    public static partial void Ready(ILogger logger, string route, int size);

    [LoggerMessage(Base + 2, LogLevel.Warning, "A waiting worker of route {Route} ended with {Exit}; another takes its place. {Advice}")]
    public static partial void MemberDied(ILogger logger, string route, string exit, string advice);

    [LoggerMessage(Base + 3, LogLevel.Debug, "A waiting worker of route {Route} ended with {Exit}, again. The next start comes in {Seconds:0} s.")]
    public static partial void MemberDiedAgain(ILogger logger, string route, string exit, double seconds);

    [LoggerMessage(Base + 4, LogLevel.Warning, "The pool of route {Route} can not be filled: {Reason} Workers are started by process.")]
    public static partial void CanNotFill(ILogger logger, string route, string reason);

    [LoggerMessage(Base + 5, LogLevel.Information, "The script or the preload file of route {Route} has changed: its waiting workers are replaced.")]
    public static partial void Replaced(ILogger logger, string route);

    [LoggerMessage(Base + 6, LogLevel.Information, "waiting worker of route {Route}: {Line}")]
    public static partial void MemberSaid(ILogger logger, string route, string line);
}
