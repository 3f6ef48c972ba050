namespace KubeWsBridge.Bridge.Launching.Pool;

/// <summary>Wakes one waiter, or the next one who comes.</summary>
internal sealed class Stir
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it was set since the last call's task completed.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            var waited = _next;
            if (waited.Task.IsCompleted)
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return waited.Task;
        }
    }

    /// <summary>Sets it.</summary>
    public void Set()
    {
        lock (_gate)
            _next.TrySetResult();
    }
}
