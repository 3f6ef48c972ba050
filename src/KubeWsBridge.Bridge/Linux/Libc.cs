using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>The C library's functions under their own names; numbers are those of Linux on x64 and arm64, glibc and musl.</summary>
/// <remarks>The runtime turns "libc" into libc.so.6 or musl's own library.</remarks>
internal static unsafe partial class Libc
{
    public const int CloseOnExec = 0x80000; // O_CLOEXEC, also EPOLL_CLOEXEC
    public const int NonBlocking = 0x800; // O_NONBLOCK
    public const int Async = 0x2000; // O_ASYNC
    public const int SetStatusFlags = 4; // F_SETFL
    public const int SetOwner = 8; // F_SETOWN
    public const int SetSignal = 10; // F_SETSIG

    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigChld = 17;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int pipe2(int* descriptors, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(SafeFileHandle descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(SafeFileHandle descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(SafeFileHandle descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int eventfd(uint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int waitid(int kind, int id, byte* info, int options);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int waitpid(int pid, int* status, int options);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint syscall(nint number, nint first, nint second, nint third);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_ctl(SafeFileHandle epoll, int operation, SafeHandle descriptor, byte* @event);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_wait(SafeFileHandle epoll, byte* events, int capacity, int milliseconds);

    [LibraryImport("libc")]
    public static partial nint signal(int number, nint handler);

    [LibraryImport("libc")]
    public static partial int getrlimit(int resource, nuint* limits);
}
