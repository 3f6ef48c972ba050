using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge;

/// <summary>
/// Finds the route of a path; the longest match wins, and of two as long the one for exactly this path. The routes can be replaced while sessions
/// come in.
/// </summary>
internal sealed class RouteTable : IAsyncDisposable
{
    private const string Below = "/*";
    private readonly LauncherTable _launchers;
    private readonly LauncherContext _context;
    private readonly List<HeldLauncher> _replaced = [];
    private volatile Route[] _routes;
    private bool _isStarted;

    /// <exception cref="ArgumentException">A route names an unknown launcher or a malformed origin.</exception>
    public RouteTable(IEnumerable<RouteOptions> routes, LauncherTable launchers, LauncherContext context)
    {
        (_launchers, _context, _routes) = (launchers, context, []);
        _routes = Resolve(routes);
    }

    /// <summary>How each route's launcher does.</summary>
    public IReadOnlyList<LauncherStatus> Launchers =>
        [.. _routes.Select(route => new LauncherStatus(route.Options.Path, route.Launcher.Name, route.Launcher.Health))];

    /// <summary>
    /// The route that serves the path (decoded, without query), or null. Its launcher stays until the caller has let go of it
    /// (<see cref="HeldLauncher.LetGo"/>).
    /// </summary>
    public Route? Enter(string path)
    {
        while (true)
        {
            var route = Array.Find(_routes, route => Matches(route.Options.Path, path));
            if (route is null || route.Held.TryHold())
                return route;

            // The routes have been replaced since we have looked.
        }
    }

    /// <summary>Starts every launcher.</summary>
    public void Start()
    {
        _isStarted = true;
        foreach (var route in _routes)
            route.Launcher.Start();
    }

    /// <summary>
    /// Has these routes from now on. Launchers that are still asked for go on; others end with the last of their sessions. Not to be called by two
    /// at a time.
    /// </summary>
    /// <exception cref="ArgumentException">A route names an unknown launcher or a malformed origin; nothing has changed then.</exception>
    public void Replace(IEnumerable<RouteOptions> routes)
    {
        var former = _routes;
        var next = Resolve(routes);
        var added = next.Where(route => !former.Any(other => other.Held == route.Held));
        if (_isStarted)
            foreach (var route in added)
                route.Launcher.Start();
        _routes = next;

        _replaced.RemoveAll(held => held.HasEnded);
        foreach (var held in former.Select(route => route.Held).Except(next.Select(route => route.Held)))
        {
            _replaced.Add(held);
            held.Retire();
        }
    }

    /// <summary>Ends every launcher.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var held in _routes.Select(route => route.Held).Concat(_replaced))
            await held.EndAsync();
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

    private Route[] Resolve(IEnumerable<RouteOptions> routes)
    {
        List<HeldLauncher> made = [];
        try
        {
            return
            [
                .. routes.OrderByDescending(route => Parent(route.Path).Length)
                    .ThenBy(route => route.Path.EndsWith(Below, StringComparison.Ordinal))
                    .Select(route => Resolve(route, made)),
            ];
        }
        catch (ArgumentException)
        {
            foreach (var held in made)
                held.LetGo();
            throw;
        }
    }

    private Route Resolve(RouteOptions options, List<HeldLauncher> made)
    {
        if (!OriginPolicy.TryParse(options.Origins, out var origins, out var error))
            throw new ArgumentException(error);
        var plan = Plan(options);
        if (Array.Find(_routes, route => route.Held.Suits(options.Launcher, plan)) is { } former)
            return new Route(options, former.Held, origins);
        var held = new HeldLauncher(options.Launcher, plan, _launchers.Create(options.Launcher, plan, _context));
        made.Add(held);
        return new Route(options, held, origins);
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
