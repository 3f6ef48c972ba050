using System.Collections.Concurrent;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class EpollLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TestLoop _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Post_FromManyThreads_RunsEachOnceAndAThreadsInOrder()
    {
        const int threads = 8;
        const int actions = 2_000;
        var ran = new ConcurrentQueue<(int Thread, int Action)>();

        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var action = 0; action < actions; action++)
            {
                var number = action;
                _test.Loop.Post(() => ran.Enqueue((thread, number)));
            }
        })));
        await _test.SettleAsync();

        Assert.Equal(threads * actions, ran.Count);
        foreach (var ofThread in ran.GroupBy(run => run.Thread))
            Assert.Equal(Enumerable.Range(0, actions), ofThread.Select(run => run.Action));
    }

    [Fact]
    public async Task Post_OnTheLoopsThread_RunsAfterTheActionThatPosted()
    {
        var order = new List<int>();
        var done = new TaskCompletionSource();
        _test.Loop.Post(() =>
        {
            _test.Loop.Post(() =>
            {
                order.Add(2);
                done.SetResult();
            });
            order.Add(1);
        });

        await done.Task.WaitAsync(Patience);

        Assert.Equal([1, 2], order);
    }

    [Fact]
    public async Task Post_ActionThatThrows_IsReportedAndThoseBehindItRun()
    {
        var behind = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (TestLoop.Hold(_test.Loop))
        {
            _test.Loop.Post(() => throw new InvalidOperationException("first"));
            _test.Loop.Post(() => throw new InvalidOperationException("second"));
            _test.Loop.Post(behind.SetResult);
        }

        await behind.Task.WaitAsync(Patience);

        Assert.Equal(["first", "second"], _test.Faults.Select(fault => fault.Message));
    }

    [Fact]
    public async Task OnReady_Throws_IsReportedAndTheLoopGoesOn()
    {
        using var pair = SocketPair.Tcp();
        var target = new RecordingTarget { Thrown = new InvalidOperationException("target") };
        using var registration = _test.Loop.Register(pair.Ours, target);
        registration.Arm(EpollEvents.Readable | EpollEvents.EdgeTriggered);

        pair.Peer.SendAll("1"u8);
        await target.NextAsync();
        pair.Peer.SendAll("2"u8);
        await target.NextAsync();
        await _test.SettleAsync();

        Assert.All(_test.Faults, fault => Assert.Equal("target", fault.Message));
        Assert.InRange(_test.Faults.Count, 2, int.MaxValue);
    }

    [Fact]
    public async Task Dispose_EndsTheThreadAfterWhatWasPosted()
    {
        var thread = await ThreadAsync();
        var ran = false;
        _test.Loop.Post(() => ran = true);

        _test.Loop.Dispose();

        Assert.True(thread.Join(Patience));
        Assert.True(ran);
    }

    [Fact]
    public async Task Post_AfterTheEnd_IsHarmless()
    {
        var thread = await ThreadAsync();
        _test.Loop.Dispose();
        Assert.True(thread.Join(Patience));

        for (var time = 0; time < 3; time++)
            _test.Loop.Post(() => throw new InvalidOperationException());
        _test.Loop.Dispose();

        Assert.Empty(_test.Faults);
    }

    private async Task<Thread> ThreadAsync()
    {
        var thread = new TaskCompletionSource<Thread>();
        _test.Loop.Post(() => thread.SetResult(Thread.CurrentThread));
        return await thread.Task.WaitAsync(Patience);
    }
}
