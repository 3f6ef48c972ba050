using System.Threading.Tasks.Sources;
using KubeWsBridge.Bridge.Linux;
using Microsoft.Win32.SafeHandles;

namespace KubeWsBridge.Bridge.Launching.Linux;

/// <summary>Waits until a pipe can be read, with one reusable promise, so that waiting allocates nothing.</summary>
internal sealed class PipeReadiness : IValueTaskSource, IEpollTarget, IDisposable
{
    private readonly Lock _gate = new();
    private readonly EpollRegistration _registration;

    // Continuations go to the thread pool: the loop's thread serves every worker.
    private ManualResetValueTaskSourceCore<bool> _promise = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private bool _waiting;
    private bool _disposed;

    public PipeReadiness(SafeFileHandle descriptor, EpollLoop loop) => _registration = loop.Register(descriptor, this);

    /// <summary>Completes when the pipe may have data or has ended; may be early, so try and wait again.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        short version;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(PolledPipeStream));
            if (_waiting)
                throw new InvalidOperationException("A worker's output has one reader at a time.");

            _registration.Arm(EpollEvents.Readable | EpollEvents.OneShot);
            _promise.Reset();
            version = _promise.Version;
            _waiting = true;
        }

        _cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((PipeReadiness)state!).Complete(new OperationCanceledException(token)), this);
        return new ValueTask(this, version);
    }

    /// <inheritdoc/>
    public void OnReady(EpollEvents events) => Complete(error: null);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;

            _disposed = true;
            _registration.Dispose();
        }

        Complete(new ObjectDisposedException(nameof(PolledPipeStream)));
    }

    /// <inheritdoc/>
    public void GetResult(short token)
    {
        // Waits for a cancellation callback that is running, so that it can not hit the next wait.
        _cancellation.Dispose();
        _promise.GetResult(token);
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _promise.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);

    private void Complete(Exception? error)
    {
        lock (_gate)
        {
            if (!_waiting)
                return;

            _waiting = false;
            if (error is null)
                _promise.SetResult(true);
            else
                _promise.SetException(error);
        }
    }
}
