using System.Globalization;
using System.Runtime.InteropServices;

namespace KubeWsBridge.Behaviour.Fixtures;

/// <summary>What /proc says of the program and its workers.</summary>
public static partial class ProcessTable
{
    /// <summary>The processes whose parent it is, zombies included: those are leaks too.</summary>
    public static IReadOnlyList<int> Children(int pid) => [.. All().Where(id => Stat(id) is [_, var parent, ..] && parent == Text(pid))];

    /// <summary>Its children, theirs, and so on.</summary>
    public static IReadOnlyList<int> Descendants(int pid) => [.. Children(pid).SelectMany(child => Descendants(child).Prepend(child))];

    /// <summary>What was typed to start it.</summary>
    public static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Sends a signal to it alone; SIGKILL unless another is named.</summary>
    public static void Kill(int pid, int signal = 9) => _ = SendSignal(pid, signal);

    /// <summary>Whether it runs; a zombie does not.</summary>
    public static bool IsAlive(int pid) => Stat(pid) is [var state, ..] && state is not ("Z" or "X");

    /// <summary>
    /// Open descriptors, by what they are: <c>socket</c>, <c>pipe</c>, <c>anon_inode</c>, or a path. Assemblies are left out: the runtime opens them when
    /// it first needs them, which says nothing of what a bridge holds.
    /// </summary>
    public static IReadOnlyList<string> Descriptors(int pid) =>
        [
            .. Directory.EnumerateFiles($"/proc/{pid}/fd").Select(LinkTarget).OfType<string>().Select(target => target.Split(':')[0])
                .Where(kind => !kind.EndsWith(".dll", StringComparison.Ordinal)),
        ];

    /// <summary>How many threads it has.</summary>
    public static int Threads(int pid) => Directory.EnumerateDirectories($"/proc/{pid}/task").Count();

    /// <summary>Memory in RAM, in bytes.</summary>
    public static long ResidentBytes(int pid) => Field(pid, "VmRSS") * 1024;

    /// <summary>Its working directory.</summary>
    public static string? WorkingDirectory(int pid) => LinkTarget($"/proc/{pid}/cwd");

    private static long Field(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }

    private static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => name is [>= '0' and <= '9', ..])
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture));

    // State and parent, and what follows; the name before them may contain anything, also spaces and brackets (proc_pid_stat(5)).
    private static string[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
