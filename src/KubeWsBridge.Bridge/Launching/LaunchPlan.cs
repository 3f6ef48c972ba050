using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>What the workers of a route are: the program they run, and how the launchers that need to know more keep them at hand.</summary>
public sealed record LaunchPlan
{
    /// <summary>The route's path, for logs.</summary>
    public string Route { get; init; } = "/*";

    /// <summary>The program to run, usually PHP: a path, or a name looked up in PATH.</summary>
    public required string Executable { get; init; }

    /// <summary>Arguments between the program and the script.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The script; null when the program is the handler itself.</summary>
    public string? Script { get; init; }

    /// <summary>The worker's working directory; null for the bridge's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <inheritdoc cref="PoolOptions"/>
    public PoolOptions Pool { get; init; } = new();

    /// <inheritdoc cref="ForkOptions"/>
    public ForkOptions Fork { get; init; } = new();

    /// <summary>The PHP-FPM pool of the <c>fastcgi</c> launcher; null when the route has none.</summary>
    public FastCgiOptions? FastCgi { get; init; }

    /// <summary>Whether both describe the same workers. Lists are compared item by item, unlike by <c>==</c>.</summary>
    public bool IsSame(LaunchPlan other) =>
        Arguments.SequenceEqual(other.Arguments) && Fork.PhpArguments.SequenceEqual(other.Fork.PhpArguments)
        && this with { Arguments = other.Arguments, Fork = Fork with { PhpArguments = other.Fork.PhpArguments } } == other;
}
