using KubeWsBridge.Bridge;

namespace KubeWsBridge.Demo;

/// <summary>The demo's worker, ready to launch; disposing deletes the files made for it.</summary>
internal sealed class DemoSetup : IDisposable
{
    private readonly DirectoryInfo? _folder;

    private DemoSetup(RouteOptions route, string worker, DirectoryInfo? folder)
    {
        Route = route;
        Worker = worker;
        _folder = folder;
    }

    /// <summary>The route for every path. Its stdout is ignored: the page counts the bytes that come back.</summary>
    public RouteOptions Route { get; }

    /// <summary>The worker in words for the terminal, for example <c>PHP 8.2.36 (/usr/bin/php)</c>.</summary>
    public string Worker { get; }

    /// <summary>Prepares the demo with the PHP found in PATH, or with the built-in worker.</summary>
    public static DemoSetup Create() => Create(Environment.GetEnvironmentVariable("PATH"), ThisProgram.Current);

    /// <inheritdoc cref="Create()"/>
    internal static DemoSetup Create(string? searchPath, ThisProgram self) =>
        PhpRuntime.Find(searchPath) is { } php ? WithPhp(php) : WithBuiltIn(self);

    /// <summary>What the terminal shows once the demo listens: where to look, who answers, how to stop and what to try next.</summary>
    /// <param name="page">The page's address.</param>
    /// <param name="worker"><see cref="Worker"/>.</param>
    /// <param name="command">What to type for this program, see <see cref="ThisProgram.CommandLine"/>.</param>
    public static string Banner(Uri page, string worker, string command) =>
        $"""

          KubeWsBridge demo

            Open     {page}
            Worker   {worker}, a new process for each connection
            Stop     Ctrl+C

          Next, your own script:

            {command} --php-executable php --script handler.php


        """;

    /// <summary>Deletes the private folder, if there is one.</summary>
    public void Dispose()
    {
        try
        {
            _folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already, or held by a worker that is about to end: the system empties its temporary folder.
        }
    }

    private static DemoSetup WithPhp(PhpRuntime php)
    {
        // Created 0700 on Unix and inside the user's own profile on Windows: nobody else may change what PHP runs.
        var folder = Directory.CreateTempSubdirectory("kubewsbridge-demo-");
        var script = Path.Combine(folder.FullName, "worker.php");
        File.WriteAllBytes(script, DemoResource.Read(DemoResource.Worker));
        var route = RouteTo(php.Path) with { Script = script };
        return new(route, $"PHP {php.Version} ({php.Path})", folder);
    }

    private static DemoSetup WithBuiltIn(ThisProgram self)
    {
        var route = RouteTo(self.Executable) with { Arguments = [.. self.Arguments, BuiltInWorker.Command] };
        return new(route, "built-in (no PHP 8.1 or newer in PATH)", folder: null);
    }

    // A process for each connection is what the demo shows, so no launcher that shares one.
    private static RouteOptions RouteTo(string executable) =>
        new() { Path = "/*", Executable = executable, Launcher = "process", IgnoreStdout = true };
}
