using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>What this room logs.</summary>
internal static partial class RendezvousLog
{
    private const int Base = EventRanges.Rendezvous;

    [LoggerMessage(Base + 1, LogLevel.Warning,
        "A back-connection was closed: no session waits for id {Id}. A worker may connect once, within --php-connect-timeout.")]
    public static partial void UnknownId(ILogger logger, Guid id);

    [LoggerMessage(Base + 2, LogLevel.Warning,
        "A back-connection was closed: its first line is not a connection id. The script must send WSS_CONNECTION_ID and a newline first.")]
    public static partial void HelloMalformed(ILogger logger);

    [LoggerMessage(Base + 3, LogLevel.Warning,
        "A back-connection was closed: no connection id and newline came within {Seconds} s (--hello-timeout).")]
    public static partial void HelloTimeout(ILogger logger, double seconds);

    [LoggerMessage(Base + 4, LogLevel.Debug, "A back-connection ended before it said its connection id.")]
    public static partial void HelloEnded(ILogger logger);

    [LoggerMessage(Base + 5, LogLevel.Warning,
        "A back-connection was closed: {Limit} others have not said their connection id yet. Something else connects to the worker port.")]
    public static partial void TooManyStrangers(ILogger logger, int limit);

    [LoggerMessage(Base + 6, LogLevel.Error, "Back-connections can't be accepted at the moment: {Error}. Check the limit of open files.")]
    public static partial void AcceptFailed(ILogger logger, string error);
}
