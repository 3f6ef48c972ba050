using KubeWsBridge.Bridge.Launching.Auto;
using KubeWsBridge.Bridge.Launching.FastCgi;
using KubeWsBridge.Bridge.Launching.Fork;
using KubeWsBridge.Bridge.Launching.Pool;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>The launchers by the names used in configuration.</summary>
/// <remarks>Factories may share things between the launchers of a bridge, so each bridge has a table of its own.</remarks>
public sealed class LauncherTable
{
    /// <summary>The name that leaves the choice to the bridge.</summary>
    public const string Auto = "auto";

    private readonly IReadOnlyList<ILauncherFactory> _factories;

    internal LauncherTable(params IReadOnlyList<ILauncherFactory> factories) => _factories = factories;

    /// <summary>Every name.</summary>
    public IReadOnlyList<string> Names => [.. _factories.Select(factory => factory.Name)];

    /// <summary>Every launcher there is.</summary>
    public static LauncherTable Standard()
    {
        var (process, pool, fork) = (new ProcessLauncherFactory(), new PoolLauncherFactory(), new ForkLauncherFactory());
        return new LauncherTable(new AutoLauncherFactory(process, pool, fork), process, pool, fork, new FastCgiLauncherFactory());
    }

    /// <summary>Makes the launcher of this name for a route.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal ILauncher Create(string name, LaunchPlan plan, LauncherContext context) =>
        _factories.FirstOrDefault(factory => factory.Name == name)?.Create(plan, context)
        ?? throw new ArgumentException($"There is no launcher '{name}'; there are: {string.Join(", ", Names)}.");
}
