namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>Makes <see cref="PoolLauncher"/>s.</summary>
internal sealed class PoolLauncherFactory : ILauncherFactory
{
    /// <summary>The launcher's name in configuration.</summary>
    public const string LauncherName = "pool";

    /// <inheritdoc/>
    public string Name => LauncherName;

    /// <inheritdoc/>
    public ILauncher Create(LaunchPlan plan, LauncherContext context) => OperatingSystem.IsLinux()
        ? new PoolLauncher(plan, context, new ProcessLauncher(plan, context))
        : throw new PlatformNotSupportedException($"The launcher {Name} needs Linux. Use --launcher process.");
}
