using System.Runtime.InteropServices;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>The system calls of the load generator and of ending what it started.</summary>
internal static unsafe partial class Libc
{
    public const int TryAgain = 11;
    public const int Interrupted = 4;
    public const int NoSignal = 0x4000;
    public const int Terminate = 15;
    public const int Kill = 9;
    public const int ControlAdd = 1;
    public const int ControlModify = 3;
    public const uint Readable = 0x1;
    public const uint Writable = 0x4;

    private const int SetTimerSlack = 29;

    /// <summary>Lets this thread's timers fire within a microsecond instead of fifty.</summary>
    public static void SharpenTimers() => _ = prctl(SetTimerSlack, 1000);

    /// <summary>User and system time of a process, all its threads; null when it has ended.</summary>
    public static TimeSpan? CpuTime(int process)
    {
        // The kernel's encoding of "the scheduler's clock of that process" (clock_getcpuclockid(3)).
        var clock = (~process << 3) | 2;
        var time = stackalloc long[2];
        return clock_gettime(clock, time) == 0 ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / 100) : null;
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, long* time);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* target);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_pwait2(int epoll, byte* events, int count, long* timeout, nint signals);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recv(int descriptor, byte* buffer, nint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(int descriptor, byte* buffer, nint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int SendSignal(int process, int signal);

    [LibraryImport("libc")]
    private static partial int prctl(int option, nint value);
}
