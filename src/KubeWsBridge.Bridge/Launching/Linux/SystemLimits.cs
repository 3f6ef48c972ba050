using System.Globalization;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>The limits that stop a spawn, with their current values, in words for error messages.</summary>
internal static unsafe class SystemLimits
{
    private const int StackSize = 3; // RLIMIT_STACK
    private const int ProcessCount = 6; // RLIMIT_NPROC
    private const int OpenFiles = 7; // RLIMIT_NOFILE

    /// <summary>Longest single argument or variable: MAX_ARG_STRLEN, 32 pages, the closing NUL included.</summary>
    public static int LongestString => 32 * Environment.SystemPageSize;

    /// <summary>Room for all arguments and variables: a quarter of the stack limit, between 128 KiB and 6 MiB (exec's rule).</summary>
    public static long AllStrings => (long)Math.Clamp(Soft(StackSize) / 4, 128 * 1024, 6 * 1024 * 1024);

    /// <summary>The limit of open files; null for none.</summary>
    public static long? OpenFileLimit => Soft(OpenFiles) is var limit && limit < int.MaxValue ? (long)limit : null;

    /// <summary>The limit of open files, in words.</summary>
    public static string Files => $"RLIMIT_NOFILE (ulimit -n) is {Words(Soft(OpenFiles))}";

    /// <summary>The limits of processes: the user's and the container's.</summary>
    public static string Processes =>
        $"RLIMIT_NPROC (ulimit -u) is {Words(Soft(ProcessCount))}, the container's pids.max is {Cgroup("pids.max")} " +
        $"with {Cgroup("pids.current")} in use";

    /// <summary>The container's memory limit.</summary>
    public static string Memory =>
        $"the container's memory.max is {Cgroup("memory.max")} with {Cgroup("memory.current")} in use";

    private static nuint Soft(int resource)
    {
        var limits = stackalloc nuint[2];
        return Libc.getrlimit(resource, limits) == 0 ? limits[0] : nuint.MaxValue;
    }

    private static string Words(nuint limit) =>
        limit == nuint.MaxValue ? "unlimited" : limit.ToString(CultureInfo.InvariantCulture);

    // Inside a container the cgroup namespace shows the container's own group at the root.
    private static string Cgroup(string file)
    {
        try
        {
            return File.ReadAllText(Path.Join("/sys/fs/cgroup", file)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
