using KubeWsBridge.Bridge.Closing;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Closing;

public class WorkerStopTests
{
    private static readonly ClosingOptions Options = new() { WorkerGrace = TimeSpan.FromSeconds(5), TerminateGrace = TimeSpan.FromSeconds(2) };
    private readonly FakeTimeProvider _time = new();
    private readonly FakeWorker _worker = new();
    private readonly CancellationTokenSource _hurry = new();

    [Fact]
    public async Task StopAsync_WorkerEndsByItself_GetsNoSignal()
    {
        var stop = Stop();
        _worker.Exit();
        await stop;

        Assert.Empty(_worker.Signals);
    }

    [Fact]
    public async Task StopAsync_GraceOver_IsTerminated()
    {
        var stop = Stop();
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Empty(_worker.Signals);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        await _worker.Signalled(1);
        _worker.Exit();
        await stop;

        Assert.Equal([StopSignal.Terminate], _worker.Signals);
    }

    [Fact]
    public async Task StopAsync_TerminateIgnored_IsKilled()
    {
        var stop = Stop();
        _time.Advance(TimeSpan.FromSeconds(5));
        await _worker.Signalled(1);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _worker.Signalled(2);
        Assert.False(stop.IsCompleted);
        _worker.Exit();
        await stop;

        Assert.Equal([StopSignal.Terminate, StopSignal.Kill], _worker.Signals);
    }

    [Fact]
    public async Task StopAsync_Hurry_IsKilledAtOnce()
    {
        var stop = Stop();
        await _hurry.CancelAsync();
        await _worker.Signalled(1);
        _worker.Exit();
        await stop;

        Assert.All(_worker.Signals, signal => Assert.Equal(StopSignal.Kill, signal));
    }

    private Task Stop() => WorkerStop.StopAsync(_worker, Options, _time, _hurry.Token);
}
