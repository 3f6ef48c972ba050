namespace KubeWsBridge.Bridge.Launching;

/// <summary>One way to bring workers to life, by its name.</summary>
internal interface ILauncherFactory
{
    /// <summary>The name used in configuration, for example <c>process</c>.</summary>
    string Name { get; }

    /// <summary>Makes the launcher of a route; nothing runs before its <see cref="ILauncher.Start"/>.</summary>
    ILauncher Create(LaunchPlan plan, LauncherContext context);
}
