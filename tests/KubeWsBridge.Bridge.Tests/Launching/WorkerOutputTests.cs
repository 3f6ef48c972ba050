using System.Security.Cryptography;
using System.Text;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests.Launching;

public sealed class WorkerOutputTests
{
    private readonly IProcessStarter _launcher = ProcessStarter.Create();

    [Fact]
    public async Task Output_AndErrors_AreKeptApart()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("echo out; echo err >&2"));

        Assert.Equal("out\n", await worker.Output.ReadAllAsync());
        Assert.Equal("err\n", await worker.Errors.ReadAllAsync());
    }

    [Fact]
    public async Task Output_OfPhp_Arrives()
    {
        await using var worker = await _launcher.RunAsync(
            Launches.Request("php", "-r", "fwrite(STDERR, 'warn'); echo PHP_SAPI, ' ', $argv[1]; exit(5);", "größe"));

        Assert.Equal("cli größe", await worker.Output.ReadAllAsync());
        Assert.Equal("warn", await worker.Errors.ReadAllAsync());
        Assert.Equal(new WorkerExit(5, null), await worker.Exited.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Output_TenMegabytesAndASlowReader_ArriveWhole()
    {
        const int last = 1_500_000;
        await using var worker = await _launcher.RunAsync(Launches.Request("seq", "1", $"{last}"));

        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[32 * 1024];
        var total = 0L;
        while (await worker.Output.ReadAsync(buffer).AsTask().WaitAsync(Launches.Patience) is var count and > 0)
        {
            received.AppendData(buffer, 0, count);
            total += count;
            if (total % 7 == 0)
                await Task.Delay(1);
        }

        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var number = 1; number <= last; number++)
            expected.AppendData(Encoding.ASCII.GetBytes($"{number}\n"));

        Assert.True(total > 10_000_000);
        Assert.Equal(expected.GetHashAndReset(), received.GetHashAndReset());
    }

    [Fact]
    public async Task Output_AtItsEnd_ReadsZeroAgainAndAgain()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("true"));

        for (var time = 0; time < 3; time++)
            Assert.Equal(0, await worker.Output.ReadAsync(new byte[1]).AsTask().WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Output_ClosedByARunningWorker_Ends()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("exec >&-; exec sleep 600"));

        Assert.Equal("", await worker.Output.ReadAllAsync());
        Assert.False(worker.Exited.IsCompleted);
    }

    [Fact]
    public async Task Read_WithEmptyBuffer_WaitsForDataAndTakesNothing()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("trap 'echo now; exit' TERM; echo ready >&2; sleep 600 & wait"));
        Assert.Equal("ready", await worker.Errors.ReadLineAsync());

        var wait = worker.Output.ReadAsync(Memory<byte>.Empty).AsTask();
        Assert.False(wait.IsCompleted);
        worker.Signal(StopSignal.Terminate);

        Assert.Equal(0, await wait.WaitAsync(Launches.Patience));
        Assert.Equal("now\n", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task Read_WithEmptyBufferAtTheEnd_Returns()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("true"));

        Assert.Equal(0, await worker.Output.ReadAsync(Memory<byte>.Empty).AsTask().WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Read_Cancelled_EndsAndTheNextReadWorks()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("trap 'echo now; exit' TERM; echo ready >&2; sleep 600 & wait"));
        Assert.Equal("ready", await worker.Errors.ReadLineAsync());

        for (var time = 0; time < 3; time++)
        {
            using var cancellation = new CancellationTokenSource();
            var read = worker.Output.ReadAsync(new byte[8], cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            var ended = await Assert.ThrowsAsync<OperationCanceledException>(() => read.WaitAsync(Launches.Patience));
            Assert.Equal(cancellation.Token, ended.CancellationToken);
        }

        worker.Signal(StopSignal.Terminate);
        Assert.Equal("now\n", await worker.Output.ReadAllAsync());
    }

    [Fact]
    public async Task Read_WhileAnotherWaits_IsRefused()
    {
        await using var worker = await _launcher.RunAsync(Launches.Request("sleep", "600"));
        var first = worker.Output.ReadAsync(new byte[1]).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.Output.ReadAsync(new byte[1]).AsTask());

        Assert.False(first.IsCompleted);
        worker.Signal(StopSignal.Kill);
        Assert.Equal(0, await first.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Read_OnItsCompletion_NeverRunsOnTheLoopThread()
    {
        await using var worker = await _launcher.RunAsync(Launches.Shell("trap 'echo now; exit' TERM; echo ready >&2; sleep 600 & wait"));
        Assert.Equal("ready", await worker.Errors.ReadLineAsync());

        var thread = worker.Output.ReadAsync(Memory<byte>.Empty).AsTask().ContinueWith(
            static _ => Thread.CurrentThread.Name, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        worker.Signal(StopSignal.Terminate);

        Assert.NotEqual("kwb-workers", await thread.WaitAsync(Launches.Patience));
    }

    [Fact]
    public async Task Dispose_WhileReading_EndsTheReads()
    {
        var worker = await _launcher.RunAsync(Launches.Request("sleep", "600"));
        var output = worker.Output.ReadAsync(new byte[1]).AsTask();
        var errors = worker.Errors.ReadAsync(Memory<byte>.Empty).AsTask();

        await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);

        await output.EndsAsync();
        await errors.EndsAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => worker.Output.ReadAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task Dispose_WhileAnEscapedGrandchildHoldsThePipe_FreesTheReader()
    {
        var worker = await _launcher.RunAsync(Launches.Shell("setsid sh -c 'echo $$; exec sleep 600' & wait"));
        var escaped = int.Parse(await worker.Output.ReadLineAsync());
        try
        {
            worker.Signal(StopSignal.Kill);
            await worker.Exited.WaitAsync(Launches.Patience);
            var read = worker.Output.ReadAsync(Memory<byte>.Empty).AsTask();
            Assert.False(read.IsCompleted);

            await worker.DisposeAsync().AsTask().WaitAsync(Launches.Patience);

            await Assert.ThrowsAsync<ObjectDisposedException>(() => read.WaitAsync(Launches.Patience));
        }
        finally
        {
            using var process = System.Diagnostics.Process.GetProcessById(escaped);
            process.Kill();
        }
    }
}
