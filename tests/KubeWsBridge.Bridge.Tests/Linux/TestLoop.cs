using System.Collections.Concurrent;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

/// <summary>A loop of the test's own, which keeps what it is told of faults.</summary>
internal sealed class TestLoop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public TestLoop() => Loop = new EpollLoop("test", Faults.Enqueue);

    public EpollLoop Loop { get; }

    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>Returns when the loop has done what was posted, and served the events that were there, before.</summary>
    public async Task SettleAsync() => await SettleAsync(Loop);

    /// <inheritdoc cref="SettleAsync()"/>
    public static async Task SettleAsync(EpollLoop loop)
    {
        // Twice, because the first may run before events of the same batch.
        for (var round = 0; round < 2; round++)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(reached.SetResult);
            await reached.Task.WaitAsync(Patience);
        }
    }

    /// <summary>Stops the loop's thread until the returned is disposed of, so that several things happen to it at once.</summary>
    public static IDisposable Hold(EpollLoop loop)
    {
        var held = new ManualResetEventSlim();
        var gate = new ManualResetEventSlim();
        loop.Post(() =>
        {
            held.Set();
            gate.Wait(Patience);
        });
        Assert.True(held.Wait(Patience));
        return new Gate(gate);
    }

    public void Dispose() => Loop.Dispose();

    private sealed class Gate(ManualResetEventSlim gate) : IDisposable
    {
        public void Dispose() => gate.Set();
    }
}
