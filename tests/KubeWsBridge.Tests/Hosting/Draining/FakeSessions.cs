using KubeWsBridge.Bridge;
using KubeWsBridge.Hosting.Draining;

namespace KubeWsBridge.Tests.Hosting.Draining;

/// <summary>Sessions that end when the test says so.</summary>
internal sealed class FakeSessions : IDrainedSessions
{
    private readonly TaskCompletionSource<SessionDrainOptions> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count { get; set; } = 3;

    public bool IsAborted { get; private set; }

    /// <summary>Happens when they are no longer to be ended.</summary>
    public Action Stopped { get; set; } = () => { };

    /// <summary>Completes when they are asked to end.</summary>
    public Task<SessionDrainOptions> Asked => _asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Go(bool areGone = true) => _gone.TrySetResult(areGone);

    public async Task<bool> EndAsync(SessionDrainOptions options, CancellationToken stop)
    {
        stop.Register(() => Stopped());
        _asked.TrySetResult(options);
        await ((Task)_gone.Task).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _gone.Task is { IsCompletedSuccessfully: true, Result: true };
    }

    public Task AbortAsync()
    {
        IsAborted = true;
        return Task.CompletedTask;
    }
}
