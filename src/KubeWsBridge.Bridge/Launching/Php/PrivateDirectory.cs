namespace KubeWsBridge.Bridge.Launching.Php;

/// <summary>A new directory that only this user can enter (0700), gone with its disposal.</summary>
internal sealed class PrivateDirectory : IDisposable
{
    private PrivateDirectory(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Makes one below TMPDIR.</summary>
    /// <exception cref="IOException">It can not be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be made there.</exception>
    public static PrivateDirectory Create() => new(Directory.CreateTempSubdirectory("kubewsbridge-").FullName);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else has removed it, or still puts files there: TMPDIR is cleaned by others in the end.
        }
    }
}
