using System.Runtime.InteropServices;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>The socket functions of the C library under their own names.</summary>
internal static unsafe partial class SocketCalls
{
    public const int Peek = 0x02; // MSG_PEEK
    public const int DontWait = 0x40; // MSG_DONTWAIT
    public const int NoSignal = 0x4000; // MSG_NOSIGNAL
    public const int NonBlocking = 0x800; // SOCK_NONBLOCK
    public const int CloseOnExec = 0x80000; // SOCK_CLOEXEC

    public const int ShutWrite = 1; // SHUT_WR
    public const int ShutBoth = 2; // SHUT_RDWR

    public const int SocketLevel = 1; // SOL_SOCKET
    public const int TcpLevel = 6; // IPPROTO_TCP
    public const int Linger = 13; // SO_LINGER
    public const int NoDelay = 1; // TCP_NODELAY
    public const int TcpInfo = 11; // TCP_INFO
    public const int QuickAcknowledge = 12; // TCP_QUICKACK

    public const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    public const int SetStatusFlags = 4; // F_SETFL

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(SafeHandle descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int accept4(SafeHandle socket, byte* address, int* length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getsockname(SafeHandle socket, byte* address, int* length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recv(SafeHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(SafeHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int shutdown(SafeHandle socket, int how);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setsockopt(SafeHandle socket, int level, int name, void* value, int length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getsockopt(SafeHandle socket, int level, int name, void* value, int* length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);
}
