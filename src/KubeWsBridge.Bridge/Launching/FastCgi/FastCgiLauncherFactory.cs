namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Makes <see cref="FastCgiLauncher"/>s; routes with the same pool share its permits.</summary>
internal sealed class FastCgiLauncherFactory : ILauncherFactory
{
    /// <summary>The launcher's name in configuration.</summary>
    public const string LauncherName = "fastcgi";

    private readonly Dictionary<FastCgiAddress, (FastCgiOptions Options, FastCgiPool Pool)> _pools = [];

    /// <inheritdoc/>
    public string Name => LauncherName;

    /// <inheritdoc/>
    public ILauncher Create(LaunchPlan plan, LauncherContext context)
    {
        var options = plan.FastCgi ?? throw new ArgumentException($"The route {plan.Route} has no --fastcgi-address.", nameof(plan));
        var script = plan.Script ?? throw new ArgumentException($"The route {plan.Route} has no --script.", nameof(plan));
        if (!_pools.TryGetValue(options.Address, out var shared))
            _pools[options.Address] = shared = (options, new FastCgiPool(options, context));
        if (shared.Options != options)
            throw new ArgumentException($"The route {plan.Route} says other things of the PHP-FPM pool at {options.Address} than another route.", nameof(plan));
        return new FastCgiLauncher(script, shared.Pool);
    }
}
