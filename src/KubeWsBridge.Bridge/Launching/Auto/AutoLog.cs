using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Auto;

/// <summary>What is logged of the choice of a launcher.</summary>
internal static partial class AutoLog
{
    private const int Base = EventRanges.Launching + 15;

    [LoggerMessage(Base, LogLevel.Information, "Launcher: {Launcher}, because {Why}.")]
    public static partial void Chosen(ILogger logger, string launcher, string why);
}
