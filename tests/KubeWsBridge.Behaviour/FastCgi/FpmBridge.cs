using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>A bridge whose workers come from a PHP-FPM pool: <c>/name</c> runs that file of Handlers/FastCgi, <c>/echo</c> the echo handler.</summary>
public static class FpmBridge
{
    private static readonly string[] Scripts = ["env", "stdout", "log", "exit", "early", "fatal-early", "stubborn", "missing"];

    /// <summary>Starts it.</summary>
    public static Task<BridgeProcess> StartAsync(FpmServer fpm, params string[] arguments) => StartAsync(fpm, null, arguments);

    /// <summary>Starts it with more environment.</summary>
    public static Task<BridgeProcess> StartAsync(FpmServer fpm, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        BridgeProcess.StartAsync(
            ["--config", Write(), "--launcher", "fastcgi", "--fastcgi-address", fpm.Address, "--worker-grace", "300ms", "--terminate-grace", "200ms", .. arguments],
            environment);

    private static string Write()
    {
        var routes = Scripts.Select(name => (name, file: $"FastCgi/{name}.php")).Append(("echo", "echo.php"));
        var path = Path.Combine(AppContext.BaseDirectory, $"fastcgi-{Environment.ProcessId}-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(path, "routes:\n" + string.Concat(routes.Select(route => $"  - path: /{route.Item1}/*\n    script: {BridgeProcess.Handler(route.Item2)}\n")));
        return path;
    }
}
