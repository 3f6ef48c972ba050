using KubeWsBridge.Configuration.Kinds;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>Whether a program can be run, looked up as a shell does.</summary>
internal static class ExecutableCheck
{
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with the program; null when it can be run.</summary>
    /// <param name="program">A path, or a name to look up.</param>
    /// <param name="searchPath">The value of PATH; null when there is none.</param>
    public static Flaw? Examine(string program, string? searchPath)
    {
        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return Directory.Exists(program) ? new Flaw("is a directory.")
                : !File.Exists(program) ? new Flaw("does not exist.")
                : IsExecutable(program) ? null : new Flaw("is not executable.", $"Run \"chmod +x {program}\", or give another path.");
        var folders = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(folders, folder => IsExecutable(Path.Combine(folder, program)))
            ? null
            : new Flaw("is not found in PATH.", "Install PHP's command line program, or give its whole path.");
    }

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != 0);
}
