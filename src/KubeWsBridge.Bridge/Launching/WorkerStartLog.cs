using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>What this room logs of launches.</summary>
internal static partial class WorkerStartLog
{
    private const int Base = EventRanges.Launching;

    [LoggerMessage(Base + 50, LogLevel.Error, "Launching the worker failed (attempt {Attempt}): {Message}")]
    public static partial void LaunchFailed(ILogger logger, int attempt, string message);
}
