using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Reloading;

/// <summary>What is logged of a configuration that is read again.</summary>
internal static partial class ReloadLog
{
    private const int Base = EventRanges.Hosting + 50;

    [LoggerMessage(Base + 1, LogLevel.Information, "The configuration file has changed; in force for new connections: {Keys}.")]
    public static partial void Applied(ILogger logger, string keys);

    [LoggerMessage(Base + 2, LogLevel.Warning, "The configuration file has changes that need a restart: {Keys}.")]
    public static partial void NeedsRestart(ILogger logger, string keys);

    [LoggerMessage(Base + 3, LogLevel.Error, "The configuration file has changed and is wrong, so all stays as it was before; problems: {Count}.")]
    public static partial void Rejected(ILogger logger, int count);

    [LoggerMessage(Base + 4, LogLevel.Error, "{Problem}")]
    public static partial void Problem(ILogger logger, string problem);

    [LoggerMessage(Base + 5, LogLevel.Information, "The configuration file is right again, and says what is in force.")]
    public static partial void Corrected(ILogger logger);
}
