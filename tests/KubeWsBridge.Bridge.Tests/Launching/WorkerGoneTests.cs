using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class WorkerGoneTests
{
    private readonly IProcessStarter _launcher = ProcessStarter.Create();

    [Fact]
    public async Task Gone_ExitedAndReadToTheEnd_Completes()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("echo out; echo err >&2; exit 3"));

        Assert.Equal("out\n", await worker.Output.ReadAllAsync());
        Assert.False(worker.Gone.IsCompleted);
        Assert.Equal("err\n", await worker.Errors.ReadAllAsync());
        await worker.Gone.WaitAsync(Launches.Patience);

        Assert.Equal(new WorkerExit(3, null), await worker.Exited);
    }

    [Fact]
    public async Task Gone_RunningWithClosedOutputs_WaitsForTheExit()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("exec >&- 2>&-; exec sleep 600"));
        Assert.Equal("", await worker.Output.ReadAllAsync());
        Assert.Equal("", await worker.Errors.ReadAllAsync());
        Assert.False(worker.Gone.IsCompleted);

        worker.Signal(StopSignal.Kill);

        await worker.Gone.WaitAsync(Launches.Patience);
    }

    [Fact]
    public async Task Gone_ExitedWhileAnotherHoldsItsOutput_WaitsForDisposal()
    {
        var worker = await _launcher.RunAsync(Launches.Shell("setsid sh -c 'echo $$; exec sleep 600' & wait"));
        var escaped = int.Parse(await worker.Output.ReadLineAsync());
        try
        {
            worker.Signal(StopSignal.Kill);
            await worker.Exited.WaitAsync(Launches.Patience);
            Assert.False(worker.Gone.IsCompleted);

            await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);

            await worker.Gone.WaitAsync(Launches.Patience);
        }
        finally
        {
            System.Diagnostics.Process.GetProcessById(escaped).Kill();
        }
    }
}
