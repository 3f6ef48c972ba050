namespace KubeWsBridge.Certificates.Storage;

/// <summary>A lock by an open file, which the kernel frees when its process ends, however it ends.</summary>
internal sealed class FileLock : IStorageLock
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    public CancellationToken Lost => CancellationToken.None;

    /// <summary>Takes the lock; null when somebody has it. The file stays: removing it would let two have "the" lock on two files.</summary>
    public static FileLock? TryTake(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new(new FileStream(path, options));
        }
        catch (IOException taken) when (IsSharingViolation(taken.HResult))
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    // EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION of Windows.
    private static bool IsSharingViolation(int result) => result is 11 or 35 or unchecked((int)0x80070020);
}
