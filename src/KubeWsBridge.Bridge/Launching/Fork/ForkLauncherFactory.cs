using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Makes launchers that fork; those whose servers would be the same share one.</summary>
internal sealed class ForkLauncherFactory : ILauncherFactory
{
    /// <summary>The launcher's name in configuration.</summary>
    public const string LauncherName = "fork";

    private readonly Dictionary<ForkPlan, ForkHost> _hosts = [];

    /// <inheritdoc/>
    public string Name => LauncherName;

    /// <inheritdoc/>
    public ILauncher Create(LaunchPlan plan, LauncherContext context)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException($"The launcher {Name} needs Linux. Use --launcher process.");

        return Create(plan, context, new ProcessLauncher(plan, context));
    }

    /// <summary>Makes one whose workers are started by another launcher while there is no fork server.</summary>
    [SupportedOSPlatform("linux")]
    public ForkLauncher Create(LaunchPlan plan, LauncherContext context, ILauncher fallback)
    {
        var key = ForkPlan.Of(plan);
        lock (_hosts)
        {
            if (!_hosts.TryGetValue(key, out var host) || !host.TryShare())
            {
                host = key.Directory is { } directory ? new ForeignForkHost(directory, context) : new OwnForkHost(key, context);
                _hosts[key] = host;
            }

            return new ForkLauncher(plan, context, host, fallback);
        }
    }
}
