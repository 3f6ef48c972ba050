using KubeWsBridge.Configuration.Kinds;

namespace KubeWsBridge.Configuration.Checks;

/// <summary>Whether a script is there and can be read.</summary>
internal static class ScriptCheck
{
    /// <summary>What is wrong with the script; null when it can be read.</summary>
    public static Flaw? Examine(string script, string? workingDirectory)
    {
        // The worker opens it, from its own working directory.
        var file = Path.GetFullPath(script, Path.GetFullPath(workingDirectory ?? "."));
        var fix = Path.IsPathRooted(script) ? null : $"It is looked for at {file}; give the right path.";
        if (Directory.Exists(file))
            return new Flaw("is a directory.", fix);
        try
        {
            using var stream = File.OpenRead(file);
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Flaw("does not exist.", fix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Flaw("cannot be read.", $"Let the user this program runs as read {file}.");
        }
    }
}
