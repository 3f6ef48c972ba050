using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;

namespace KubeWsBridge.Bridge.Tests;

/// <summary>A worker that prints nothing, ends when the test says so, and remembers its signals.</summary>
internal sealed class FakeWorker : IWorker
{
    private readonly TaskCompletionSource<WorkerExit> _exited = new();
    private readonly SemaphoreSlim _signalled = new(0);

    public List<StopSignal> Signals { get; } = [];

    public string Launcher => "fake";

    public int? ProcessId => null;

    public Stream Output => Stream.Null;

    public Stream Errors => Stream.Null;

    public Task Gone => _exited.Task;

    public Task<WorkerExit> Exited => _exited.Task;

    public void Signal(StopSignal signal)
    {
        Signals.Add(signal);
        _signalled.Release();
    }

    public void Exit() => _exited.TrySetResult(new WorkerExit(0, null));

    public async Task Signalled(int count)
    {
        while (Signals.Count < count)
            Assert.True(await _signalled.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
