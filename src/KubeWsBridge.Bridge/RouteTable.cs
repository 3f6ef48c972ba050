using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge;

/// <summary>Finds the route of a path; the longest match wins, and of two as long the one for exactly this path.</summary>
internal sealed class RouteTable : IAsyncDisposable
{
    private const string Below = "/*";
    private readonly Route[] _routes;

    /// <exception cref="ArgumentException">A route names an unknown launcher or a malformed origin.</exception>
    public RouteTable(IEnumerable<RouteOptions> routes, LauncherTable launchers, LauncherContext context) =>
        _routes =
        [
            .. routes.OrderByDescending(route => Parent(route.Path).Length)
                .ThenBy(route => route.Path.EndsWith(Below, StringComparison.Ordinal))
                .Select(route => Resolve(route, launchers, context)),
        ];

    /// <summary>How each route's launcher does.</summary>
    public IReadOnlyList<LauncherStatus> Launchers =>
        [.. _routes.Select(route => new LauncherStatus(route.Options.Path, route.Launcher.Name, route.Launcher.Health))];

    /// <summary>The route that serves the path (decoded, without query), or null.</summary>
    public Route? Match(string path)
    {
        foreach (var route in _routes)
            if (Matches(route.Options.Path, path))
                return route;
        return null;
    }

    /// <summary>Starts every launcher.</summary>
    public void Start()
    {
        foreach (var route in _routes)
            route.Launcher.Start();
    }

    /// <summary>Ends every launcher.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var route in _routes)
            await route.Launcher.DisposeAsync();
    }

    private static bool Matches(string pattern, string path)
    {
        if (!pattern.EndsWith(Below, StringComparison.Ordinal))
            return pattern == path;
        var parent = Parent(pattern);
        return path.AsSpan().StartsWith(parent) && (path.Length == parent.Length || path[parent.Length] == '/');
    }

    private static ReadOnlySpan<char> Parent(string pattern) =>
        pattern.EndsWith(Below, StringComparison.Ordinal) ? pattern.AsSpan(0, pattern.Length - Below.Length) : pattern;

    private static Route Resolve(RouteOptions options, LauncherTable launchers, LauncherContext context)
    {
        if (!OriginPolicy.TryParse(options.Origins, out var origins, out var error))
            throw new ArgumentException(error);
        return new Route(options, launchers.Create(options.Launcher, Plan(options), context), origins);
    }

    private static LaunchPlan Plan(RouteOptions options) => new()
    {
        Route = options.Path,
        Executable = options.Executable,
        Arguments = options.Arguments,
        Script = options.Script,
        WorkingDirectory = options.WorkingDirectory,
        Pool = options.Pool,
        Fork = options.Fork,
        FastCgi = options.FastCgi,
    };
}
