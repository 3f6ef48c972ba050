using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>Looks at the connected TCP sockets of a child process, whose options no tool shows, through duplicates (pidfd_getfd, Linux 5.6).</summary>
internal static partial class BorrowedSockets
{
    private const int PidfdOpen = 434;
    private const int PidfdGetFd = 438;

    /// <summary>What is of interest of a connected socket.</summary>
    internal sealed record Seen(int LocalPort, bool NoDelay);

    /// <summary>All of a process.</summary>
    public static List<Seen> Of(int processId)
    {
        var process = Call(PidfdOpen, processId, 0, 0);
        Assert.True(process >= 0, "pidfd_open failed.");
        try
        {
            return
            [
                .. Directory.GetFileSystemEntries($"/proc/{processId}/fd")
                    .Where(path => new FileInfo(path).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
                    .Select(path => Look(process, int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)))
                    .OfType<Seen>(),
            ];
        }
        finally
        {
            _ = Close(process);
        }
    }

    private static Seen? Look(int process, int descriptor)
    {
        var copy = Call(PidfdGetFd, process, descriptor, 0);
        Assert.True(copy >= 0, "pidfd_getfd failed: the tests need ptrace rights for their own children (CAP_SYS_PTRACE in containers).");
        using var socket = new Socket(new SafeSocketHandle(copy, ownsHandle: true));
        return socket is { Connected: true, ProtocolType: ProtocolType.Tcp, LocalEndPoint: IPEndPoint end } ? new Seen(end.Port, socket.NoDelay) : null;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial int Call(long number, int first, int second, int third);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
