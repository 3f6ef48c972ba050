namespace KubeWsBridge.Certificates.Files;

/// <summary>Reads the small text files that certificates and keys are.</summary>
internal static class FileText
{
    // The largest chains have some 30 KiB. Whatever is larger is another file by mistake.
    private const int Most = 1 << 20;

    /// <summary>The whole file.</summary>
    public static string Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > Most)
                throw new FileFaultException($"has {file.Length} bytes, which is too much for a PEM file.", "Give the right path.");
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileFaultException("does not exist.", "Give the path of a PEM file.");
        }
        catch (UnauthorizedAccessException)
        {
            throw Directory.Exists(path)
                ? new FileFaultException("is a directory.", "Give the path of a PEM file.")
                : new FileFaultException("cannot be read.", "Let the user this program runs as read it.");
        }
        catch (IOException exception)
        {
            throw new FileFaultException($"cannot be read: {exception.Message}", "Give the path of a PEM file.");
        }
    }
}
