using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>The launchers by the names used in configuration.</summary>
/// <remarks>Factories may share things between the launchers of a bridge, so each bridge has a table of its own.</remarks>
public sealed class LauncherTable
{
    /// <summary>The name that leaves the choice to the bridge.</summary>
    public const string Auto = "auto";

    private readonly IReadOnlyList<ILauncherFactory> _factories;

    internal LauncherTable(params IReadOnlyList<ILauncherFactory> factories) => _factories = factories;

    /// <summary>Every name, <see cref="Auto"/> first.</summary>
    public IReadOnlyList<string> Names => [Auto, .. _factories.Select(factory => factory.Name)];

    /// <summary>Every launcher there is.</summary>
    public static LauncherTable Standard() => new(new ProcessLauncherFactory(), new FastCgiLauncherFactory());

    /// <summary>Makes the launcher of this name for a route; <see cref="Auto"/> is the first of the table.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal ILauncher Create(string name, LaunchPlan plan, LauncherContext context)
    {
        var factory = name == Auto ? _factories[0] : _factories.FirstOrDefault(factory => factory.Name == name);
        return factory?.Create(plan, context)
            ?? throw new ArgumentException($"There is no launcher '{name}'; there are: {string.Join(", ", Names)}.");
    }
}
