namespace KubeWsBridge.Certificates.Storage;

/// <summary>Files and folders that only their owner can read, written so that they outlive a crash.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those between it and <paramref name="root"/>, which is made too when it is missing.</summary>
    /// <remarks>One by one: the mode is for the last folder of a path only, and those above it would be open to all.</remarks>
    public static void CreateFolders(string root, string path)
    {
        CreateFolder(root);
        var folder = root;
        foreach (var segment in Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar))
            CreateFolder(folder = Path.Combine(folder, segment));
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerFolder);
    }

    /// <summary>Writes a new file down to the disk.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Replaces a file by a rename, so that nobody ever sees half of it.</summary>
    public static void Replace(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Write(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes a folder; one that can't be removed now is met again by a later write.</summary>
    public static void TryDeleteFolder(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // Another process may be reading it, or removing it too.
        }
    }
}
