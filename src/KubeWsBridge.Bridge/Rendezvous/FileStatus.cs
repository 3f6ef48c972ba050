using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>What statx(2) tells of a file that .NET does not: which one it is, and whose.</summary>
/// <param name="Device">The file system; with <paramref name="Inode"/> it names a file for as long as that is open or linked.</param>
/// <param name="Inode">The file's number there.</param>
/// <param name="Owner">The user id it belongs to.</param>
/// <param name="Mode">Type and permissions, as in inode(7).</param>
[SupportedOSPlatform("linux")]
internal readonly partial record struct FileStatus(ulong Device, ulong Inode, uint Owner, int Mode)
{
    private const int TypeMask = 0xF000; // S_IFMT
    private const int DirectoryType = 0x4000; // S_IFDIR
    private const int SocketType = 0xC000; // S_IFSOCK
    private const int NoEntry = 2; // ENOENT
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStats = 0x7FF; // STATX_BASIC_STATS

    /// <summary>The user id this process acts as.</summary>
    public static uint User => geteuid();

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & TypeMask) == DirectoryType;

    /// <summary>Whether it is a unix socket.</summary>
    public bool IsSocket => (Mode & TypeMask) == SocketType;

    /// <summary>Whether both are of one file, whatever has become of its permissions.</summary>
    public bool IsSameFileAs(FileStatus other) => (Device, Inode) == (other.Device, other.Inode);

    /// <summary>Looks at a file, or through a link at its target; null when there is none.</summary>
    /// <exception cref="IOException">It cannot be looked at; the message says why, in the C library's words.</exception>
    public static unsafe FileStatus? Read(string path, bool followLinks = false)
    {
        // struct statx has the same layout everywhere, which struct stat has not.
        var buffer = stackalloc byte[256];
        var status = new ReadOnlySpan<byte>(buffer, 256);
        if (statx(CurrentDirectory, path, followLinks ? 0 : NoFollow, BasicStats, buffer) == 0)
            return new FileStatus(
                BinaryPrimitives.ReadUInt64LittleEndian(status[136..]),
                BinaryPrimitives.ReadUInt64LittleEndian(status[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[20..]),
                BinaryPrimitives.ReadUInt16LittleEndian(status[28..]));
        return Marshal.GetLastPInvokeError() is var error && error == NoEntry
            ? null
            : throw new IOException($"{path} can't be looked at: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
