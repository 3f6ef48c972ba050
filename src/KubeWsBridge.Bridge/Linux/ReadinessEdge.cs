using System.Threading.Tasks.Sources;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>A signal that one waiter at a time can wait for without allocating; a signal that comes before the wait ends it at once.</summary>
internal sealed class ReadinessEdge : IValueTaskSource
{
    private readonly Lock _gate = new();

    // Continuations go to the thread pool: the loop's thread serves everybody.
    private ManualResetValueTaskSourceCore<bool> _promise = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private bool _signalled;
    private bool _waiting;

    /// <summary>Completes after the next signal, or one since the last wait ended.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        short version;
        lock (_gate)
        {
            if (_waiting)
                throw new InvalidOperationException("Somebody waits already.");
            if (_signalled)
            {
                _signalled = false;
                return default;
            }

            _promise.Reset();
            version = _promise.Version;
            _waiting = true;
        }

        _cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((ReadinessEdge)state!).Complete(new OperationCanceledException(token)), this);
        return new ValueTask(this, version);
    }

    /// <summary>Ends the wait, or the next one.</summary>
    public void Signal() => Complete(error: null);

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
            {
                _signalled |= error is null;
                return;
            }

            _waiting = false;
            if (error is null)
                _promise.SetResult(true);
            else
                _promise.SetException(error);
        }
    }
}
