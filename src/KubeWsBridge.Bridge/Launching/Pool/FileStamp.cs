namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>What tells one version of some files from the next, without reading them.</summary>
internal static class FileStamp
{
    /// <summary>The stamp of the files as they are now; links are followed, as a mounted ConfigMap is changed by changing a link.</summary>
    public static string Of(IEnumerable<string> paths) => string.Join('\n', paths.Select(Of));

    private static string Of(string path)
    {
        try
        {
            var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            return file.Exists ? $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}" : path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
