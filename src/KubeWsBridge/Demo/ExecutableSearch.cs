namespace KubeWsBridge.Demo;

/// <summary>Looks programs up the way a shell does.</summary>
internal static class ExecutableSearch
{
    /// <summary>The full path of <paramref name="name"/> in the folders of <paramref name="searchPath"/> (the form of PATH), or null.</summary>
    public static string? Find(string name, string? searchPath)
    {
        var fileName = OperatingSystem.IsWindows() ? name + ".exe" : name;
        foreach (var folder in (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Relative entries depend on where somebody happens to stand; a program found through one is not to be trusted.
            var candidate = Path.Combine(folder.Trim('"'), fileName);
            if (Path.IsPathFullyQualified(candidate) && MayRun(candidate))
                return candidate;
        }

        return null;
    }

    private static bool MayRun(string path)
    {
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & execute) != 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
