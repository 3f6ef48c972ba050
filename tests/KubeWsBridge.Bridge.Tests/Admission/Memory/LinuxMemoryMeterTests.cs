using KubeWsBridge.Bridge.Admission.Memory;

namespace KubeWsBridge.Bridge.Tests.Admission.Memory;

public sealed class LinuxMemoryMeterTests : IDisposable
{
    private const string MeminfoOf1000 = "MemTotal:        1000 kB\nMemFree:          10 kB\nMemAvailable:     700 kB\n";

    private readonly string _root = Directory.CreateTempSubdirectory("kwb-meter-").FullName;

    public LinuxMemoryMeterTests()
    {
        Write("proc/meminfo", MeminfoOf1000);
        Write("proc/self/statm", "900 50 20 5 0 100 0\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Reading_WithoutALimit_IsTheMachines()
    {
        Write("proc/self/cgroup", "0::/\n");
        Write("sys/fs/cgroup/cgroup.controllers", "memory\n");

        Assert.Equal(new MemoryReading(1000 * 1024, 300 * 1024, 30 * Environment.SystemPageSize, 300 * 1024), Read());
    }

    [Fact]
    public void Reading_InAContainer_IsItsGroupsWithoutIdleCache()
    {
        Write("proc/self/cgroup", "0::/\n");
        WriteSecond("", "500000", "200000", inactive: 50000);

        Assert.Equal(new MemoryReading(500000, 150000, 30 * Environment.SystemPageSize, 150000), Read());
    }

    [Fact]
    public void Reading_OfNestedGroups_IsThatWithTheLeastRoom()
    {
        Write("proc/self/cgroup", "0::/pod/bridge\n");
        WriteSecond("pod/bridge", "max", "1000", inactive: 0);
        WriteSecond("pod", "400000", "390000", inactive: 0);
        WriteSecond("", "500000", "395000", inactive: 0);

        Assert.Equal((400000, 390000, 1000), (Read().Limit, Read().Used, Read().Near));
    }

    [Fact]
    public void Reading_OfVersionOne_IsTheMemoryControllers()
    {
        Write("proc/self/cgroup", "5:devices:/x\n4:memory:/process/bridge\n0::/\n");
        WriteFirst("process/bridge", "300000", "100000", inactive: 40000);
        WriteFirst("", "9223372036854771712", "800000", inactive: 0);

        Assert.Equal((300000, 60000), (Read().Limit, Read().Used));
    }

    [Fact]
    public void Reading_OfVersionOneInAContainer_IsTheMountsRoot()
    {
        Write("proc/self/cgroup", "4:cpu,memory:/docker/0123\n0::/\n");
        WriteFirst("", "300000", "100000", inactive: 0);

        Assert.Equal((300000, 100000), (Read().Limit, Read().Used));
    }

    [Fact]
    public void Reading_WhenTheLimitChanges_IsTheNewOne()
    {
        Write("proc/self/cgroup", "0::/\n");
        WriteSecond("", "500000", "200000", inactive: 0);
        var meter = new LinuxMemoryMeter(_root);
        Assert.Equal(500000, meter.Read().Limit);

        WriteSecond("", "600000", "200000", inactive: 0);

        Assert.Equal(600000, meter.Read().Limit);
    }

    [Fact]
    public void Reading_OfAProcThatTellsNothing_IsNoLimit()
    {
        Directory.Delete(Path.Join(_root, "proc"), recursive: true);

        Assert.Equal(new MemoryReading(long.MaxValue, 0, 0, 0), Read());
    }

    [Fact]
    public void Reading_OfThisMachine_IsPlausible()
    {
        var reading = new LinuxMemoryMeter().Read();

        Assert.InRange(reading.Own, 1, reading.Limit);
        Assert.InRange(reading.Used, 1, reading.Limit);
    }

    private MemoryReading Read() => new LinuxMemoryMeter(_root).Read();

    private void WriteSecond(string group, string most, string used, long inactive)
    {
        Write($"sys/fs/cgroup/{group}/memory.max", most + "\n");
        Write($"sys/fs/cgroup/{group}/memory.current", used + "\n");
        Write($"sys/fs/cgroup/{group}/memory.stat", $"anon 5\ninactive_file {inactive}\nactive_file 7\n");
    }

    private void WriteFirst(string group, string most, string used, long inactive)
    {
        Write($"sys/fs/cgroup/memory/{group}/memory.limit_in_bytes", most + "\n");
        Write($"sys/fs/cgroup/memory/{group}/memory.usage_in_bytes", used + "\n");
        Write($"sys/fs/cgroup/memory/{group}/memory.stat", $"inactive_file 1\ntotal_inactive_file {inactive}\n");
    }

    private void Write(string path, string text)
    {
        var file = Path.Join(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
