using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>What is logged of fork servers.</summary>
internal static partial class ForkLog
{
    private const int Base = EventRanges.Launching + 20;

    [LoggerMessage(Base + 1, LogLevel.Information, "The fork server is ready: process {ProcessId}, PHP {Version}.")]
    public static partial void Ready(ILogger logger, int processId, string version);

    [LoggerMessage(Base + 2, LogLevel.Warning,
        "The fork server is gone: {Reason}. Its workers and their sessions go on, and new workers are started by process until another server is ready. {Advice}")]
    public static partial void Lost(ILogger logger, string reason, string advice);

    [LoggerMessage(Base + 3, LogLevel.Warning, "The fork server does not start: {Reason}. Until it does, {Meanwhile}. {Advice}")]
    public static partial void DoesNotStart(ILogger logger, string reason, string meanwhile, string advice);

    [LoggerMessage(Base + 4, LogLevel.Debug, "The fork server does not start, again: {Reason}. The next attempt comes in {Seconds:0} s.")]
    public static partial void StillDoesNotStart(ILogger logger, string reason, double seconds);

    [LoggerMessage(Base + 5, LogLevel.Information, "The fork server is replaced: {Reason}. Its workers go on until they end.")]
    public static partial void Replaced(ILogger logger, string reason);

    [LoggerMessage(Base + 6, LogLevel.Warning,
        "The fork server in {Directory} is out of date: {Reason}. Restart it: the bridge can not, because somebody else has started it.")]
    public static partial void OutdatedElsewhere(ILogger logger, string directory, string reason);

    [LoggerMessage(Base + 7, LogLevel.Information, "fork server: {Line}")]
    public static partial void ServerSaid(ILogger logger, string line);

    [LoggerMessage(Base + 8, LogLevel.Warning, "fork server: {Count} more lines were suppressed")]
    public static partial void ServerSaidMore(ILogger logger, int count);

    [LoggerMessage(Base + 9, LogLevel.Warning,
        "A spare worker (process {ProcessId}) ended with {Exit} before it was needed. Something outside has ended it: look for a memory limit that was reached.")]
    public static partial void SpareDied(ILogger logger, int processId, string exit);
}
