using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching.Linux;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>The launcher on a kernel without pidfd_open.</summary>
[SupportedOSPlatform("linux")]
public sealed class SigchldWatchTests
{
    private readonly LinuxProcessStarter _launcher = new(NullLogger.Instance, new NoWatch());

    [Fact]
    public async Task Exited_WithoutPidfd_IsReported()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("sleep 0.1; exit 4"));

        Assert.Equal(new WorkerExit(4, null), await worker.Exited.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Exited_FiftyWithoutPidfd_AreAllReported()
    {
        var exits = Enumerable.Range(0, 50).Select(async index =>
        {
            await using var worker = await _launcher.RunAsync(Launches.Shell($"sleep 0.0{index % 5}; exit {index}"));
            return (await worker.Exited).Status!.Value;
        });

        Assert.Equal(Enumerable.Range(0, 50), await Task.WhenAll(exits).WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Dispose_WithoutPidfd_KillsAndReaps()
    {
        var worker = await _launcher.RunAsync(Launches.Request("sleep", "600"));

        await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);

        Assert.False(ProcessTable.Exists(worker.ProcessId!.Value));
    }

    private sealed class NoWatch : IExitWatch
    {
        public bool TryWatch(Child child) => false;
    }
}
