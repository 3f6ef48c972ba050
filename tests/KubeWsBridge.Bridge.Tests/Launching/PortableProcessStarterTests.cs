using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Launching.Portable;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>The launcher of macOS and Windows, run here on Linux.</summary>
public sealed class PortableProcessStarterTests
{
    private readonly PortableProcessStarter _launcher = new();

    [Fact]
    public async Task Output_ErrorsAndStatus_AreReported()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("cat; echo out; echo err >&2; exit 6"));

        Assert.Equal("out\n", await worker.Output.ReadAllAsync());
        Assert.Equal("err\n", await worker.Errors.ReadAllAsync());
        Assert.Equal(new WorkerExit(6, null), await worker.Exited.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Environment_AndDirectory_AreTheRequests()
    {
        var request = Launches.Shell("pwd; echo $WSS_URI; echo $HOME") with
        {
            WorkingDirectory = "/usr/share",
            Environment = new Dictionary<string, string> { ["WSS_URI"] = "/x" },
        };
        await using var worker = await _launcher.RunAsync(request);

        Assert.Equal("/usr/share\n/x\n\n", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task Signal_Terminate_LetsTheWorkerCleanUp()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done"));
        Assert.Equal("ready", await worker.Output.ReadLineAsync());

        worker.Signal(StopSignal.Terminate);

        Assert.Equal(new WorkerExit(7, null), await worker.Exited.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Signal_Kill_EndsTheTree()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("sleep 600 & echo $!; wait"));
        var grandchild = int.Parse(await worker.Output.ReadLineAsync());

        worker.Signal(StopSignal.Kill);

        Assert.Equal(new WorkerExit(null, 9), await worker.Exited.WaitAsync(Launches.Patience));
        await ProcessTable.WaitForEndAsync(grandchild);
        worker.Signal(StopSignal.Kill);
    }

    [Fact]
    public async Task Dispose_WhileReading_EndsTheProcessAndTheRead()
    {
        var worker = await _launcher.RunAsync(Launches.Request("sleep", "600"));
        var read = worker.Output.ReadAsync(new byte[1]).AsTask();

        await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);
        await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);

        await Task.WhenAny(read).WaitAsync(Launches.Patience);
        Assert.Equal(new WorkerExit(null, 9), await worker.Exited);
    }

    [Fact]
    public async Task Launch_ExecutableNotFound_NamesIt()
    {
        var exception = await Assert.ThrowsAsync<LaunchException>(async () => await _launcher.RunAsync(Launches.Request("/nowhere/php")));

        Assert.Contains("/nowhere/php was not found", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_WorkingDirectoryMissing_NamesIt()
    {
        var exception = await Assert.ThrowsAsync<LaunchException>(
            async () => await _launcher.RunAsync(Launches.Request("true") with { WorkingDirectory = "/nowhere" }));

        Assert.Contains("/nowhere does not exist", exception.Message, StringComparison.Ordinal);
    }
}
