using System.Runtime.Versioning;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>A worker that was asked for; its pipes' names and write ends are gone with the disposal.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PendingFork(WorkerPipes pipes) : IDisposable
{
    private readonly TaskCompletionSource<ForkWorker> _worker = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _isOver;

    /// <summary>Completes with the worker.</summary>
    public Task<ForkWorker> Worker => _worker.Task;

    /// <summary>It runs: makes the worker of its pipes; null when nobody waits for it any more.</summary>
    public ForkWorker? Begin(Func<WorkerPipes, ForkWorker> make)
    {
        lock (_gate)
        {
            if (_isOver)
                return null;

            var worker = make(pipes);
            _worker.TrySetResult(worker);
            return worker;
        }
    }

    /// <summary>There will be none.</summary>
    public void Fail(Exception exception) => _worker.TrySetException(exception);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            pipes.Dispose();
        }
    }
}
