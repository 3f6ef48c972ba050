using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

public class ReadinessEdgeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ReadinessEdge _edge = new();

    [Fact]
    public void Signal_BeforeTheWait_EndsItAtOnce()
    {
        _edge.Signal();

        Assert.True(_edge.WaitAsync(default).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Signal_TwiceBeforeTheWait_EndsOneWait()
    {
        _edge.Signal();
        _edge.Signal();
        await _edge.WaitAsync(default);

        var wait = _edge.WaitAsync(default).AsTask();

        Assert.False(wait.IsCompleted);
        _edge.Signal();
        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task Wait_Cancelled_ThrowsAndLaterSignalsAreNotLost()
    {
        using var cancellation = new CancellationTokenSource();
        var wait = _edge.WaitAsync(cancellation.Token).AsTask();

        await cancellation.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        _edge.Signal();

        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        Assert.True(_edge.WaitAsync(default).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Wait_CancelledBefore_ThrowsAndTheEdgeIsFree()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _edge.WaitAsync(new CancellationToken(canceled: true)).AsTask());

        var wait = _edge.WaitAsync(default).AsTask();
        _edge.Signal();
        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task Wait_SomebodyWaitsAlready_Throws()
    {
        var first = _edge.WaitAsync(default).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _edge.WaitAsync(default));

        _edge.Signal();
        await first.WaitAsync(Patience);
    }

    [Fact]
    public async Task Cancel_AfterTheSignal_DoesNotHitTheNextWait()
    {
        using var cancellation = new CancellationTokenSource();
        var first = _edge.WaitAsync(cancellation.Token).AsTask();
        _edge.Signal();
        await first.WaitAsync(Patience);
        var second = _edge.WaitAsync(default).AsTask();

        await cancellation.CancelAsync();

        Assert.False(second.IsCompleted);
        _edge.Signal();
        await second.WaitAsync(Patience);
    }

    [Fact]
    public async Task SignalAndCancel_AtOnce_NeitherLosesTheSignalNorCountsItTwice()
    {
        for (var round = 0; round < 2_000; round++)
        {
            using var cancellation = new CancellationTokenSource();
            using var start = new Barrier(2);
            var wait = _edge.WaitAsync(cancellation.Token).AsTask();
            var signal = Task.Run(() =>
            {
                start.SignalAndWait(Patience);
                _edge.Signal();
            });
            start.SignalAndWait(Patience);
            cancellation.Cancel();
            await signal;

            var cancelled = await Record.ExceptionAsync(() => wait.WaitAsync(Patience)) is not null;

            var next = _edge.WaitAsync(default).AsTask();
            Assert.Equal(cancelled, next.IsCompleted);
            _edge.Signal();
            await next;
            if (cancelled)
                await _edge.WaitAsync(default); // the signal above, which nobody waited for
        }
    }

    [Fact]
    public async Task Reuse_TwoThreadsInTurns_LosesNoSignal()
    {
        const int turns = 20_000;
        var other = new ReadinessEdge();
        var echo = Task.Run(async () =>
        {
            for (var turn = 0; turn < turns; turn++)
            {
                await _edge.WaitAsync(default);
                other.Signal();
            }
        });

        for (var turn = 0; turn < turns; turn++)
        {
            _edge.Signal();
            await other.WaitAsync(default).AsTask().WaitAsync(Patience);
        }

        await echo.WaitAsync(Patience);
    }
}
