using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Certificates.Tests.Storage.Kubernetes;

/// <summary>A clock that stands until it is moved, and tells what waits for it, so that it is moved when everybody waits and not before.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly List<TimeSpan> _timers = [];
    private TaskCompletionSource _grew = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_timers)
        {
            _timers.Add(dueTime);
            _grew.TrySetResult();
            _grew = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return timer;
    }

    /// <summary>Returns when so many timers of this length have been set in all.</summary>
    public async Task SetAsync(double seconds, int count)
    {
        while (true)
        {
            Task grew;
            lock (_timers)
            {
                if (_timers.Count(timer => timer == TimeSpan.FromSeconds(seconds)) >= count)
                    return;
                grew = _grew.Task;
            }
            await grew.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));
}
