namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Makes <see cref="FastCgiLauncher"/>s; routes with the same pool share its permits.</summary>
internal sealed class FastCgiLauncherFactory : ILauncherFactory
{
    /// <summary>The launcher's name in configuration.</summary>
    public const string LauncherName = "fastcgi";

    private readonly Dictionary<FastCgiAddress, FastCgiPool> _pools = [];

    /// <inheritdoc/>
    public string Name => LauncherName;

    /// <inheritdoc/>
    public ILauncher Create(LaunchPlan plan, LauncherContext context)
    {
        var options = plan.FastCgi ?? throw new ArgumentException($"The route {plan.Route} has no --fastcgi-address.", nameof(plan));
        var script = plan.Script ?? throw new ArgumentException($"The route {plan.Route} has no --script.", nameof(plan));
        lock (_pools)
        {
            // When a new configuration says other things of a pool, the workers that sessions have are the same.
            var pool = _pools.GetValueOrDefault(options.Address);
            if (pool?.Options != options || !pool.TryShare())
                _pools[options.Address] = pool = new FastCgiPool(options, context, pool?.Guard);
            return new FastCgiLauncher(script, pool);
        }
    }
}
