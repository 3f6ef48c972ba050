namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>
/// Reads the limit of this process's control group, of all groups above it that it can see the one with the least room, or else the machine's memory.
/// </summary>
/// <param name="root">The folder that stands for <c>/</c>; tests have their own.</param>
public sealed class LinuxMemoryMeter(string root = "/") : IMemoryMeter
{
    private readonly List<MemoryGroup> _groups = MemoryGroup.Find(root);
    private readonly string _machine = Path.Join(root, "proc/meminfo");
    private readonly string _own = Path.Join(root, "proc/self/statm");

    /// <inheritdoc/>
    public MemoryReading Read()
    {
        var (limit, used) = ReadMachine();
        long? near = null;
        foreach (var group in _groups)
        {
            if (group.Read() is not { } read)
                continue;
            near ??= read.Used;
            if (read.Limit - read.Used < limit - used)
                (limit, used) = read;
        }

        return new MemoryReading(limit, used, ReadOwn(), near ?? used);
    }

    private (long Limit, long Used) ReadMachine()
    {
        var lines = KernelText.Lines(_machine);
        var total = 1024 * KernelText.Value(lines, "MemTotal:");
        return total > 0 ? (total, total - 1024 * KernelText.Value(lines, "MemAvailable:")) : (long.MaxValue, 0); // a /proc that does not tell
    }

    // Pages that only this process has: resident less shared (proc(5)).
    private long ReadOwn()
    {
        return KernelText.Lines(_own) is [var line, ..] && line.Split(' ') is [_, var resident, var shared, ..]
            ? (KernelText.Number(resident) - KernelText.Number(shared)) * Environment.SystemPageSize
            : 0;
    }
}
