using System.Globalization;
using System.Text;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>A configuration with a route for each file of the Handlers folder: <c>/echo</c>, and everything below it, runs <c>echo.php</c>.</summary>
public static class HandlerRoutes
{
    private static int _files;

    /// <summary>Writes the configuration file and returns its path.</summary>
    /// <param name="more">More lines of YAML: entries of <c>routes</c>, each beginning with two spaces and a dash.</param>
    public static string Write(string more = "")
    {
        var yaml = new StringBuilder("routes:\n");
        foreach (var file in Directory.EnumerateFiles(BridgeProcess.Handler("")).Order(StringComparer.Ordinal))
            yaml.Append(CultureInfo.InvariantCulture, $"  - path: /{Path.GetFileNameWithoutExtension(file)}/*\n")
                .Append(CultureInfo.InvariantCulture, $"    phpExecutable: {Interpreter(file)}\n    script: {file}\n");
        yaml.Append(more);

        var path = Path.Combine(AppContext.BaseDirectory, $"handlers-{Environment.ProcessId}-{Interlocked.Increment(ref _files)}.yaml");
        File.WriteAllText(path, yaml.ToString());
        return path;
    }

    private static string Interpreter(string file) => Path.GetExtension(file) switch
    {
        ".php" => BridgeProcess.PhpPath,
        ".py" => Peers.Python,
        ".sh" => Peers.Bash,
        var other => throw new InvalidOperationException($"Nothing is known to run {other} files with."),
    };
}
