using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Configuration.Effective;
using KubeWsBridge.Configuration.Options;

namespace KubeWsBridge.Configuration.Mapping;

/// <summary>Hands the bridge one route.</summary>
internal static class RouteOptionsMapper
{
    /// <summary>The route's options; its required ones must be there.</summary>
    public static RouteOptions Map(OptionValues route) => new()
    {
        Path = route.Get(RouteOptionTable.Path),
        Executable = Resolve(route.Find(CoreOptions.PhpExecutable) ?? ""), // PHP-FPM is a program of its own
        Script = route.Get(CoreOptions.Script),
        Arguments = route.List(CoreOptions.PhpArgs),
        WorkingDirectory = FullPath(route.Find(WorkerOptions.WorkingDirectory)),
        Launcher = route.Get(WorkerOptions.Launcher),
        Framing = route.Get(WorkerOptions.Framing),
        Pool = new PoolOptions
        {
            Size = route.Get(WorkerOptions.PoolSize),
            Preload = FullPath(route.Find(WorkerOptions.PoolPreload)),
        },
        Fork = new ForkOptions
        {
            Preload = FullPath(route.Find(WorkerOptions.ForkPreload)),
            PhpArguments = route.List(WorkerOptions.ForkPhpArgs),
            MaxChildren = route.Get(WorkerOptions.ForkMaxChildren),
            Spares = route.Get(WorkerOptions.ForkSpares),
            ServerDirectory = FullPath(route.Find(WorkerOptions.ForkServerDir)),
        },
        FastCgi = FastCgiOptionsMapper.Map(route),
        Upgrade = route.Get(WorkerOptions.Upgrade),
        Origins = route.List(ClientOptions.Origins),
        Subprotocols = route.List(ClientOptions.Subprotocols),
        IgnoreStdout = route.Get(WorkerOptions.IgnoreStdout),
        MaxConnections = route.Get(RouteOptionTable.MaxConnections),
    };

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    // A relative path would mean another file once the worker has changed to its own directory; a bare name is looked up in PATH.
    private static string Resolve(string executable) =>
        executable.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetFullPath(executable) : executable;
}
