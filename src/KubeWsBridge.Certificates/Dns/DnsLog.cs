using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>What this room logs; its event ids start at 2300.</summary>
internal static partial class DnsLog
{
    private const int Base = 2300;

    [LoggerMessage(Base + 1, LogLevel.Information, "A TXT record was added at {Name} in zone {Zone} by {Provider}.")]
    public static partial void Added(ILogger logger, string name, string zone, string provider);

    [LoggerMessage(Base + 2, LogLevel.Information, "The TXT record at {Name} in zone {Zone} was removed by {Provider}.")]
    public static partial void Removed(ILogger logger, string name, string zone, string provider);

    [LoggerMessage(Base + 3, LogLevel.Warning,
        "A TXT record at {Name} in zone {Zone} could not be removed by {Provider}: {Problem}. It harms nothing but is in the way; it is tried again before the next order.")]
    public static partial void NotRemoved(ILogger logger, string name, string zone, string provider, string problem);

    [LoggerMessage(Base + 4, LogLevel.Warning,
        "A TXT record at {Name} in zone {Zone} was left behind by {Provider}, and the provider is {Current} now. Remove it by hand, or switch back for one start.")]
    public static partial void LeftByAnother(ILogger logger, string name, string zone, string provider, string current);
}
