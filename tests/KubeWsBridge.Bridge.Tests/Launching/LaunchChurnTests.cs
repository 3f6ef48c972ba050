using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

/// <summary>Many workers, and nothing left of them. Alone, because it counts the descriptors of this process.</summary>
[Collection(nameof(LaunchChurnTests))]
[CollectionDefinition(nameof(LaunchChurnTests), DisableParallelization = true)]
public sealed class LaunchChurnTests
{
    private readonly IProcessStarter _launcher = ProcessStarter.Create();

    [Fact]
    public async Task Launch_TwoHundredTimes_LeaksNoDescriptorAndNoZombie()
    {
        await RunOnceAsync();
        var before = ProcessTable.OpenPipes();
        var pids = new List<int>();
        for (var time = 0; time < 200; time++)
            pids.Add(await RunOnceAsync());

        Assert.Empty(ProcessTable.OpenPipes().Except(before));
        Assert.DoesNotContain(pids, ProcessTable.Exists);
    }

    [Fact]
    public async Task Exit_OfAWorkerReadToTheEnd_LeavesNoDescriptorBeforeItsDisposal()
    {
        await RunOnceAsync();
        var before = ProcessTable.OpenPipes();
        await using var worker = await _launcher.RunAsync(Launches.Request("sleep", "600"));
        Assert.Equal(3, ProcessTable.OpenPipes().Except(before).Count());

        worker.Signal(StopSignal.Kill);
        await worker.Output.ReadAllAsync();
        await worker.Errors.ReadAllAsync();
        await worker.Gone.WaitAsync(Launches.Patience);

        Assert.Empty(ProcessTable.OpenPipes().Except(before));
    }

    [Fact]
    public async Task Launch_FailingAHundredTimes_LeaksNoDescriptor()
    {
        await RunOnceAsync();
        var before = ProcessTable.OpenPipes();
        for (var time = 0; time < 100; time++)
        {
            await Assert.ThrowsAsync<LaunchException>(async () => await _launcher.RunAsync(Launches.Request("true") with { WorkingDirectory = "/nowhere" }));
            await Assert.ThrowsAsync<LaunchException>(async () => await _launcher.RunAsync(Launches.Request("true", "a\0b")));
        }

        Assert.Empty(ProcessTable.OpenPipes().Except(before));
    }

    [Fact]
    public async Task Launch_FiftyAtOnce_EachHasItsOwnOutputAndStatus()
    {
        await RunOnceAsync();
        var before = ProcessTable.OpenPipes();
        await Parallel.ForAsync(0, 50, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (index, cancelled) =>
        {
            await using var worker = await _launcher.RunAsync(Launches.Shell($"echo {index}; exit {index}"));
            Assert.Equal($"{index}\n", await worker.Output.ReadAllAsync());
            Assert.Equal("", await worker.Errors.ReadAllAsync());
            Assert.Equal(new WorkerExit(index, null), await worker.Exited.WaitAsync(Launches.Patience, cancelled));
        });

        Assert.Empty(ProcessTable.OpenPipes().Except(before));
    }

    [Fact]
    public async Task Dispose_FiftyRunningWorkersWithWaitingReaders_EndsThemAll()
    {
        await RunOnceAsync();
        var before = ProcessTable.OpenPipes();
        var workers = new List<IWorker>();
        for (var index = 0; index < 50; index++)
            workers.Add(await _launcher.RunAsync(Launches.Shell("sleep 600 & wait")));

        var reads = workers.ConvertAll(static worker => worker.Output.ReadAsync(new byte[1]).AsTask());
        await Task.WhenAll(workers.Select(static worker => worker.DisposeAsync().AsTask())).WaitAsync(Launches.Patience);

        foreach (var read in reads)
            await read.EndsAsync();
        Assert.Empty(ProcessTable.OpenPipes().Except(before));
    }

    private async Task<int> RunOnceAsync()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("/bin/true"));
        await worker.Exited.WaitAsync(Launches.Patience);
        return worker.ProcessId!.Value;
    }
}
