using KubeWsBridge.Bridge;
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
        Executable = Resolve(route.Get(CoreOptions.PhpExecutable)),
        Script = route.Get(CoreOptions.Script),
        Arguments = route.List(CoreOptions.PhpArgs),
        WorkingDirectory = route.Find(WorkerOptions.WorkingDirectory) is { } directory ? Path.GetFullPath(directory) : null,
        Launcher = route.Get(WorkerOptions.Launcher),
        FastCgi = FastCgiOptionsMapper.Map(route),
        Upgrade = route.Get(WorkerOptions.Upgrade),
        Origins = route.List(ClientOptions.Origins),
        Subprotocols = route.List(ClientOptions.Subprotocols),
        IgnoreStdout = route.Get(WorkerOptions.IgnoreStdout),
        MaxConnections = route.Get(RouteOptionTable.MaxConnections),
    };

    // A relative path would mean another file once the worker has changed to its own directory; a bare name is looked up in PATH.
    private static string Resolve(string executable) =>
        executable.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetFullPath(executable) : executable;
}
