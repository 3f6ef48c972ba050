using System.Globalization;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Puts right, once, what the bridge may have inherited from its own parent and workers must not.</summary>
internal static class Inheritance
{
    private const int CloseRange = 436; // the system call's number on every architecture
    private const int CloseRangeCloseOnExec = 4;
    private const int ReadWrite = 2;
    private const int SignalDefault = 0;

    private static readonly Lazy<bool> Done = new(Settle);

    /// <summary>Makes sure it has been done.</summary>
    public static void Ensure() => _ = Done.Value;

    private static bool Settle()
    {
        OccupyStandardDescriptors();

        // Descriptors of .NET are close-on-exec already; those a careless parent left open are not. Kernels before 5.11 refuse: so be it.
        _ = Libc.syscall(CloseRange, 3, int.MaxValue, CloseRangeCloseOnExec);

        // A parent that ignores SIGCHLD makes the kernel reap children itself: exits have no status, and pids are reused under us.
        if (IsIgnored(Libc.SigChld))
            _ = Libc.signal(Libc.SigChld, SignalDefault);

        return true;
    }

    // With 0, 1 or 2 closed, a pipe's end could get that number, and the child's dup2 onto it would overwrite another.
    private static void OccupyStandardDescriptors()
    {
        while (true)
        {
            var descriptor = Libc.open("/dev/null", ReadWrite | Libc.CloseOnExec);
            if (descriptor.IsInvalid)
                return;
            if (descriptor.DangerousGetHandle() > 2)
            {
                descriptor.Dispose();
                return;
            }

            descriptor.SetHandleAsInvalid();
        }
    }

    private static bool IsIgnored(int signal)
    {
        try
        {
            const string label = "SigIgn:";
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(label, StringComparison.Ordinal));
            var ignored = ulong.Parse(line.AsSpan(label.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return (ignored & (1UL << (signal - 1))) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return false;
        }
    }
}
