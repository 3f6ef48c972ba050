using System.Globalization;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>What the kernel says about a process, read from /proc.</summary>
internal sealed class ProcessProbe(int processId)
{
    private const int TicksPerSecond = 100; // USER_HZ, the same on every architecture .NET runs on

    /// <summary>Its proportional set size: private memory and its share of what it shares, in bytes.</summary>
    public long Pss => Kilobytes("smaps_rollup", "Pss:");

    /// <summary>Open descriptors.</summary>
    public int Descriptors => ProcessTable.Descriptors(processId).Count;

    /// <summary>Its threads.</summary>
    public int Threads => (int)(Kilobytes("status", "Threads:") / 1024);

    /// <summary>CPU time it has used, user and system.</summary>
    public TimeSpan Cpu
    {
        get
        {
            var fields = Stat(processId)!;
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
        }
    }

    /// <summary>Its living children and zombies.</summary>
    public int Children => Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? Stat(id) : null)
        .Count(fields => fields is not null && fields[1] == processId.ToString(CultureInfo.InvariantCulture));

    // The fields behind the name, which stands in parentheses and may hold anything: state, parent, ...
    private static string[]? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private long Kilobytes(string file, string label)
    {
        var line = File.ReadLines($"/proc/{processId}/{file}").First(line => line.StartsWith(label, StringComparison.Ordinal));
        return 1024 * long.Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
