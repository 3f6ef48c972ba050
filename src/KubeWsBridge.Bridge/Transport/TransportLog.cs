using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>What this room logs.</summary>
internal static partial class TransportLog
{
    private const int Base = EventRanges.Transport;

    [LoggerMessage(Base + 1, LogLevel.Warning, "A client could not be accepted: {Error}. Trying again.")]
    public static partial void AcceptFailed(ILogger logger, string error);

    [LoggerMessage(Base + 2, LogLevel.Error, "A session was aborted by a fault of the socket data path. Please report it; --data-path stream avoids it.")]
    public static partial void SessionFaulted(ILogger logger, Exception exception);
}
