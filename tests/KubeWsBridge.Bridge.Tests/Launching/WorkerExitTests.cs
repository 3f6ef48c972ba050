using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class WorkerExitTests
{
    private readonly IProcessStarter _launcher = ProcessStarter.Create();

    [Fact]
    public async Task Launcher_IsToldByTheWorker()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("true"));

        Assert.Equal("process", worker.Launcher);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(255)]
    public async Task Exited_ExitStatus_IsReported(int status)
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell($"exit {status}"));

        Assert.Equal(new WorkerExit(status, null), await worker.Exited.WaitAsync(Launches.Patience));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(15)]
    public async Task Exited_KilledBySignal_NamesTheSignal(int signal)
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell($"kill -{signal} $$; sleep 60"));

        Assert.Equal(new WorkerExit(null, signal), await worker.Exited.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Exited_Completed_LeavesNoZombie()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("true"));
        await worker.Exited.WaitAsync(Launches.Patience);

        Assert.False(ProcessTable.Exists(worker.ProcessId!.Value));
    }

    [Fact]
    public async Task Exited_GrandchildLeftBehind_IsKilledToo()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("sleep 600 & echo $!; exit 3"));
        var grandchild = int.Parse(await worker.Output.ReadLineAsync());

        Assert.Equal(new WorkerExit(3, null), await worker.Exited.WaitAsync(Launches.Patience));
        Assert.Equal("", await worker.Output.ReadAllAsync());
        await ProcessTable.WaitForEndAsync(grandchild);
    }

    [Fact]
    public async Task Signal_Kill_EndsTheWholeGroup()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("(sleep 600 & echo $!; wait) & wait"));
        var grandchild = int.Parse(await worker.Output.ReadLineAsync());

        worker.Signal(StopSignal.Kill);

        Assert.Equal(new WorkerExit(null, 9), await worker.Exited.WaitAsync(Launches.Patience));
        Assert.Equal("", await worker.Output.ReadAllAsync());
        await ProcessTable.WaitForEndAsync(grandchild);
    }

    [Fact]
    public async Task Signal_Terminate_LetsTheWorkerCleanUp()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("trap 'echo bye; exit 7' TERM; echo ready; sleep 600 & wait"));
        Assert.Equal("ready", await worker.Output.ReadLineAsync());

        worker.Signal(StopSignal.Terminate);

        Assert.Equal(new WorkerExit(7, null), await worker.Exited.WaitAsync(Launches.Patience));
        Assert.Equal("bye\n", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task Signal_AfterExit_DoesNothing()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("true"));
        await worker.Exited.WaitAsync(Launches.Patience);

        worker.Signal(StopSignal.Terminate);
        worker.Signal(StopSignal.Kill);

        Assert.Equal(new WorkerExit(0, null), await worker.Exited);
    }

    [Fact]
    public async Task Dispose_RunningWorker_KillsAndReaps()
    {
        var worker = await _launcher.RunAsync(Launches.Request("sleep", "600"));

        await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);
        await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);

        Assert.Equal(new WorkerExit(null, 9), await worker.Exited);
        Assert.False(ProcessTable.Exists(worker.ProcessId!.Value));
    }

    [Fact]
    public async Task Exited_BesideProcessStart_BothReapTheirOwn()
    {
        var others = Enumerable.Range(0, 20).Select(static async index =>
        {
            using var process = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"exit {index}"]);
            await process.WaitForExitAsync();
            return process.ExitCode;
        }).ToArray();
        var ours = Enumerable.Range(0, 20).Select(async index =>
        {
            await using var worker = await _launcher.RunAsync(Launches.Shell($"exit {index}"));
            return (await worker.Exited).Status!.Value;
        }).ToArray();

        Assert.Equal(Enumerable.Range(0, 20), await Task.WhenAll(others).WaitAsync(Launches.Patience));
        Assert.Equal(Enumerable.Range(0, 20), await Task.WhenAll(ours).WaitAsync(Launches.Patience));
    }
}
