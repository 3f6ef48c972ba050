using System.Globalization;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.Linux;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>What a worker finds when it starts.</summary>
public sealed class WorkerGroundTests
{
    private readonly IProcessStarter _launcher = ProcessStarter.Create();

    [Fact]
    public async Task Input_IsAtItsEnd()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("cat; readlink /proc/self/fd/0"));

        Assert.Equal("/dev/null\n", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task Environment_IsExactlyTheRequests()
    {
        var request = Launches.Request("/usr/bin/env") with
        {
            Environment = new Dictionary<string, string> { ["WSS_URI"] = "/a?b=c=d", ["WSS_EMPTY"] = "", ["WSS_UTF8"] = "größe 🦊" },
        };

        await using var worker = await _launcher.RunAsync(request);

        var lines = (await worker.Output.ReadAllAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["WSS_EMPTY=", "WSS_URI=/a?b=c=d", "WSS_UTF8=größe 🦊"], lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Arguments_ArePassedUntouched()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("printf", "[%s]", "", "two words", "$HOME", "ü\n"));

        Assert.Equal("[][two words][$HOME][ü\n]", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task OomScore_IsAboveTheBridges()
    {
        var own = int.Parse(await File.ReadAllTextAsync("/proc/self/oom_score_adj"), CultureInfo.InvariantCulture);
        await using var worker = await _launcher.RunAsync(Launches.Shell("exec sleep 100"));

        var worse = int.Parse(await File.ReadAllTextAsync($"/proc/{worker.ProcessId}/oom_score_adj"), CultureInfo.InvariantCulture);

        Assert.Equal(Math.Min(own + 300, 1000), worse);
        worker.Signal(StopSignal.Kill);
    }

    [Theory]
    [InlineData("/usr/share")]
    [InlineData(null)]
    public async Task WorkingDirectory_IsTheRequestsOrOurs(string? directory)
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("/bin/pwd") with { WorkingDirectory = directory });

        Assert.Equal((directory ?? Environment.CurrentDirectory) + "\n", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task Executable_InTheWorkersPath_IsFound()
    {
        var folder = Directory.CreateTempSubdirectory("kwb-");
        try
        {
            var script = Path.Join(folder.FullName, "kwb-hello");
            await Launches.CreateFileAsync(script, "#!/bin/sh\necho hello\n", "700");
            var request = Launches.Request("kwb-hello") with { Environment = new Dictionary<string, string> { ["PATH"] = $"/nowhere:{folder}" } };

            await using var worker = await _launcher.RunAsync(request);

            Assert.Equal("hello\n", await worker.Output.ReadAllAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SessionAndGroup_AreTheWorkersOwn()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("sleep", "600"));
        var pid = worker.ProcessId!.Value;

        Assert.Equal(pid, ProcessTable.SessionOf(pid));
        Assert.Equal(pid, ProcessTable.GroupOf(pid));
    }

    [Fact]
    public async Task Signals_AreAtTheirDefaultsAndNoneIsBlocked()
    {
        Assert.NotEqual(0UL, SignalSet(await File.ReadAllTextAsync("/proc/self/status"), "SigIgn:") & (1UL << (13 - 1)));

        await using var worker = await _launcher.RunAsync(Launches.Request("cat", "/proc/self/status"));
        var status = await worker.Output.ReadAllAsync();

        Assert.Equal(0UL, SignalSet(status, "SigIgn:"));
        Assert.Equal(0UL, SignalSet(status, "SigBlk:"));
    }

    [Fact]
    public async Task Descriptors_AreTheThreeStandardOnesAndTheLifeline()
    {
        // Python lists the folder through a descriptor of its own, which it then can not read a link of.
        const string script =
            """
            import os
            for number in sorted(os.listdir('/proc/self/fd'), key=int):
                try: print(number, os.readlink('/proc/self/fd/' + number).split(':')[0])
                except OSError: pass
            """;
        await using var worker = await _launcher.RunAsync(Launches.Request("/usr/bin/python3", "-c", script));

        Assert.Equal($"0 /dev/null\n1 pipe\n2 pipe\n{Lifeline.ChildDescriptor} pipe\n", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task Output_OfTheWorker_IsABlockingPipe()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("cat /proc/self/fdinfo/1"));

        var flags = (await worker.Output.ReadAllAsync()).Split('\n').First(static line => line.StartsWith("flags:", StringComparison.Ordinal));
        Assert.Equal(0, Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & 0x800);
    }

    private static ulong SignalSet(string status, string label)
    {
        var line = status.Split('\n').First(line => line.StartsWith(label, StringComparison.Ordinal));
        return Convert.ToUInt64(line[label.Length..].Trim(), 16);
    }
}
