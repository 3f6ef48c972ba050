using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests;

/// <summary>A data path that carries nothing and remembers what it was told.</summary>
internal sealed class FakePath(bool canAnnounce) : IDataPath
{
    public TimeSpan? Announced { get; private set; }

    public int? Closed { get; private set; }

    public Task ToWorker { get; init; } = Task.CompletedTask;

    public Task ToClient { get; init; } = Task.CompletedTask;

    public Task ClientLost => Task.CompletedTask;

    public IPumpSink Output => NullSink.Instance;

    public ClientEnd? End { get; init; }

    public WorkerEnd? WorkerEnd => null;

    public bool ClientListens => false;

    public Traffic Traffic { get; } = new();

    public long Progress => 0;

    public void Start()
    {
    }

    public bool CanAnnounceEnd => canAnnounce;

    public bool AnnounceEnd(TimeSpan left)
    {
        Announced = canAnnounce ? left : null;
        return canAnnounce;
    }

    public void EndInput(int code, string reason)
    {
    }

    public Task<bool> CloseAsync(int code, string reason, CancellationToken cancellationToken)
    {
        Closed = code;
        return Task.FromResult(true);
    }

    /// <summary>The client never closes.</summary>
    public Task AwaitCloseAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);

    public bool Heartbeat() => true;

    public void Abort()
    {
    }

    public Task DetachAsync() => Task.CompletedTask;

    public void DropWorker()
    {
    }
}
