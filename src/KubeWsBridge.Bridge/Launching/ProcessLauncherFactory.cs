namespace KubeWsBridge.Bridge.Launching;

/// <summary>Makes <see cref="ProcessLauncher"/>s.</summary>
internal sealed class ProcessLauncherFactory : ILauncherFactory
{
    /// <summary>The launcher's name in configuration.</summary>
    public const string LauncherName = "process";

    /// <inheritdoc/>
    public string Name => LauncherName;

    /// <inheritdoc/>
    public ILauncher Create(LaunchPlan plan, LauncherContext context) => new ProcessLauncher(plan, context);
}
