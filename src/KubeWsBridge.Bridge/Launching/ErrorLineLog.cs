using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Writes a worker's error lines to the log, within whatever scope the caller has opened.</summary>
public sealed class ErrorLineLog(ILogger logger) : IErrorLineSink
{
    /// <inheritdoc/>
    public void Line(string text) => LaunchLog.WorkerErrorLine(logger, text);

    /// <inheritdoc/>
    public void Suppressed(int count) => LaunchLog.WorkerErrorLinesSuppressed(logger, count);
}
