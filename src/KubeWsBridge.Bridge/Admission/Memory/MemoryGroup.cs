namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>A control group with a memory limit, of either version (the kernel's cgroup-v2.rst and cgroup-v1/memory.rst).</summary>
/// <param name="folder">Its folder.</param>
/// <param name="limit">The file with its limit.</param>
/// <param name="usage">The file with its use.</param>
/// <param name="inactive">The word in memory.stat before what the page cache gives up first.</param>
internal sealed class MemoryGroup(string folder, string limit, string usage, string inactive)
{
    /// <summary>The groups of this process that can be seen, from its own to the outermost.</summary>
    public static List<MemoryGroup> Find(string root)
    {
        var lines = KernelText.Lines(Path.Join(root, "proc/self/cgroup"));
        var first = PathOf(lines, names => names.Split(',').Contains("memory"));
        return first is not null
            ? [.. Upwards(Path.Join(root, "sys/fs/cgroup/memory"), first)
                .Select(folder => new MemoryGroup(folder, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"))]
            : [.. Upwards(Path.Join(root, "sys/fs/cgroup"), PathOf(lines, names => names.Length == 0) ?? "/")
                .Select(folder => new MemoryGroup(folder, "memory.max", "memory.current", "inactive_file"))];
    }

    /// <summary>Limit and working set, as the kubelet defines it: the use less the page cache that nobody has touched lately. Null without a limit.</summary>
    public (long Limit, long Used)? Read()
    {
        if (KernelText.Lines(Path.Join(folder, limit)) is not [var most, ..] || KernelText.Lines(Path.Join(folder, usage)) is not [var current, ..])
            return null;
        var used = KernelText.Number(current) - KernelText.Value(KernelText.Lines(Path.Join(folder, "memory.stat")), inactive);
        return (KernelText.Number(most), Math.Max(used, 0));
    }

    // Lines are "ID:CONTROLLERS:PATH" (cgroups(7)); version 2's has no controllers.
    private static string? PathOf(string[] lines, Predicate<string> isIt) =>
        lines.Select(line => line.Split(':', 3)).FirstOrDefault(parts => parts.Length == 3 && isIt(parts[1]))?[2];

    // Where the process has no cgroup namespace, a container still sees only its own group, at the root of the mount, and the path is the host's.
    private static IEnumerable<string> Upwards(string mount, string path)
    {
        for (var inner = path.Trim('/'); inner.Length > 0; inner = Path.GetDirectoryName(inner) ?? "")
            if (!inner.Split('/').Contains("..") && Directory.Exists(Path.Join(mount, inner)))
                yield return Path.Join(mount, inner);
        yield return mount;
    }
}
