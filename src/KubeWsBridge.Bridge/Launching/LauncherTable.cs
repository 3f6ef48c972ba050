namespace KubeWsBridge.Bridge.Launching;

/// <summary>The launchers by the names used in configuration.</summary>
public sealed class LauncherTable(params IReadOnlyList<ILauncher> launchers)
{
    /// <summary>The name that leaves the choice to the bridge.</summary>
    public const string Auto = "auto";

    /// <summary>The launcher of this name; <see cref="Auto"/> is the first of the table.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ILauncher Find(string name) =>
        name == Auto ? launchers[0]
        : launchers.FirstOrDefault(launcher => launcher.Name == name)
        ?? throw new ArgumentException($"There is no launcher '{name}'; there are: {Auto}, {string.Join(", ", launchers.Select(launcher => launcher.Name))}.");
}
