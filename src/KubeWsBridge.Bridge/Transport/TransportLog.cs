using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>What this room logs.</summary>
internal static partial class TransportLog
{
    private const int Base = EventRanges.Transport;

    [LoggerMessage(Base + 1, LogLevel.Warning, "A client could not be accepted: {Error}. Trying again.")]
    public static partial void AcceptFailed(ILogger logger, string error);
}
