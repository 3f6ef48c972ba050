using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Launching.Portable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Chooses how processes are started.</summary>
internal static class ProcessStarter
{
    /// <summary>The starter for the operating system the bridge runs on.</summary>
    /// <param name="logger">Hears of what is missing on this machine; null for silence.</param>
    public static IProcessStarter Create(ILogger? logger = null) =>
        OperatingSystem.IsLinux() ? new LinuxProcessStarter(logger ?? NullLogger.Instance) : new PortableProcessStarter();
}
