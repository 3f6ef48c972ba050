using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Certificates.Storage;

/// <summary>Writes a directory's entries down to the disk: a file's own flush does not, so that its name may be lost when the power fails.</summary>
/// <remarks>.NET opens no directories. Where this does not work, journals of file systems keep the order of renames all the same.</remarks>
internal static partial class DirectoryFlush
{
    public static void Flush(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        using var directory = open(path, 0);
        if (!directory.IsInvalid)
            _ = fsync(directory);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle descriptor);
}
