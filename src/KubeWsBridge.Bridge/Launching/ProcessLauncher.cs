using KubeWsBridge.Bridge.Launching.Linux;
using KubeWsBridge.Bridge.Launching.Portable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>The <c>process</c> launcher: each worker is a fresh process of its own.</summary>
public static class ProcessLauncher
{
    /// <summary>The launcher's name in configuration.</summary>
    public const string Name = "process";

    /// <summary>Creates the launcher for the operating system the bridge runs on.</summary>
    /// <param name="logger">Hears of what is missing on this machine; null for silence.</param>
    public static ILauncher Create(ILogger? logger = null)
    {
        if (OperatingSystem.IsLinux())
            return new LinuxProcessLauncher(logger ?? NullLogger.Instance);

        return new PortableProcessLauncher();
    }
}
