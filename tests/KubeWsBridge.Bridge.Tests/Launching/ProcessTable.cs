using System.Globalization;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>What /proc says of a process.</summary>
internal static class ProcessTable
{
    /// <summary>Running, and not a zombie that nobody has reaped: orphans of a test may have a lazy new parent.</summary>
    public static bool IsRunning(int pid) => Fields(pid) is { } fields && fields[0] is not ("Z" or "X");

    /// <summary>Whether the pid is in use at all.</summary>
    public static bool Exists(int pid) => Fields(pid) is not null;

    public static int GroupOf(int pid) => int.Parse(Fields(pid)![2], CultureInfo.InvariantCulture);

    public static int SessionOf(int pid) => int.Parse(Fields(pid)![3], CultureInfo.InvariantCulture);

    /// <summary>The kernel tells nobody but the parent of a death, so it is looked for.</summary>
    public static async Task WaitForEndAsync(int pid)
    {
        using var patience = new CancellationTokenSource(Launches.Patience);
        while (IsRunning(pid))
            await Task.Delay(5, patience.Token);
    }

    /// <summary>The pipes and pidfds this process has open, as "number target".</summary>
    public static List<string> OpenPipes()
    {
        var open = new List<string>();
        foreach (var entry in new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is { } target && (target.StartsWith("pipe:", StringComparison.Ordinal) || target.Contains("pidfd", StringComparison.Ordinal)))
                open.Add($"{entry.Name} {target}");
        }

        open.Sort(StringComparer.Ordinal);
        return open;
    }

    // The fields after the command's name, which may itself hold spaces: state, ppid, pgrp, session.
    private static string[]? Fields(int pid)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
