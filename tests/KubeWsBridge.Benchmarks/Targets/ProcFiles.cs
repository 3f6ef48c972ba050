using System.Globalization;
using KubeWsBridge.Benchmarks.Load;

namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>What /proc tells about processes; one that has ended counts as nothing.</summary>
internal static class ProcFiles
{
    private const double TicksPerSecond = 100; // USER_HZ, a constant of the Linux ABI

    /// <summary>Processor time of a process itself and of the children it has waited for.</summary>
    public static (TimeSpan Own, TimeSpan Reaped) Cpu(int process)
    {
        if (Read($"/proc/{process}/stat") is not { } text)
            return default;

        // The name in parentheses may hold anything, so count from behind it: utime is field 14, the third is first here. Its ticks of 10 ms are
        // too coarse for what idles most of the time; the process's clock tells the same sum in nanoseconds.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (Libc.CpuTime(process) ?? Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));

        TimeSpan Ticks(int index) => TimeSpan.FromSeconds(long.Parse(fields[index], CultureInfo.InvariantCulture) / TicksPerSecond);
    }

    /// <summary>The children of a process, of all its threads.</summary>
    public static List<int> Children(int process)
    {
        var tasks = $"/proc/{process}/task";
        try
        {
            return [.. Directory.EnumerateDirectories(tasks)
                .SelectMany(task => (Read($"{task}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>A process and all below it.</summary>
    public static IEnumerable<int> Tree(int process) => Children(process).SelectMany(Tree).Prepend(process);

    /// <summary>Proportional set size in bytes: shared pages are divided among those who share them.</summary>
    public static long Pss(int process)
    {
        var line = (Read($"/proc/{process}/smaps_rollup") ?? "").Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Open descriptors that are no files: sockets, pipes, pidfds. A program opens files as it loads its code.</summary>
    public static int Descriptors(int process)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Count(entry => entry.LinkTarget?.StartsWith('/') == false);
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
