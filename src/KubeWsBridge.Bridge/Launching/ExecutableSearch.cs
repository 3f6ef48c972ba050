using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Finds a worker's executable as execvp would, but says in a sentence why it can not.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class ExecutableSearch
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";
    private const int ExecuteAccess = 1;

    /// <summary>The absolute path of the executable.</summary>
    /// <remarks>A relative path is meant from the bridge's working directory, not the worker's.</remarks>
    /// <exception cref="LaunchException">There is no such file, or it may not be executed.</exception>
    public static string Find(ProcessStart start)
    {
        var name = start.Executable;
        if (name.Length == 0)
            throw Wrong("No executable is configured; set --php-executable.");

        return name.Contains('/') ? Check(name) : SearchPath(name, PathOf(start));
    }

    private static string PathOf(ProcessStart start) =>
        start.Environment.TryGetValue("PATH", out var path) ? path : Environment.GetEnvironmentVariable("PATH") ?? DefaultPath;

    private static string Check(string name)
    {
        var path = Path.GetFullPath(name);
        if (Directory.Exists(path))
            throw Wrong($"The executable {path} is a directory; set --php-executable to the program itself.");
        if (!File.Exists(path))
            throw Wrong($"The executable {path} was not found; install it or correct --php-executable.");
        if (!IsExecutable(path))
            throw NotExecutable(path);

        return path;
    }

    private static string SearchPath(string name, string path)
    {
        string? forbidden = null;
        foreach (var folder in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var candidate = Path.GetFullPath(Path.Join(folder, name));
            if (!File.Exists(candidate))
                continue;
            if (IsExecutable(candidate))
                return candidate;

            forbidden ??= candidate;
        }

        if (forbidden is not null)
            throw NotExecutable(forbidden);

        throw Wrong($"The executable {name} was not found in PATH ({path}); install it or give its full path with --php-executable.");
    }

    private static LaunchException NotExecutable(string path)
    {
        var mode = Convert.ToString((int)File.GetUnixFileMode(path), 8).PadLeft(4, '0');
        return Wrong(
            $"The executable {path} may not be executed by user {Environment.UserName} (its mode is {mode}); " +
            "give it the execute bit (chmod +x), or check that its volume is not mounted noexec.");
    }

    private static LaunchException Wrong(string message) => new(message, retryable: false);

    private static bool IsExecutable(string path) => Access(path, ExecuteAccess) == 0;

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
