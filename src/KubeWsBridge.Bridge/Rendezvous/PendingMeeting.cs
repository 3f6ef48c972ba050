namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>A session's wait for its worker. Whoever removes it from the table first decides: the arrival or the disposal.</summary>
internal sealed class PendingMeeting(RendezvousTable table, Guid id) : IDisposable
{
    private readonly TaskCompletionSource<Arrival> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _taken;

    /// <summary>The id of the session.</summary>
    public Guid Id { get; } = id;

    /// <summary>Completes when the worker has connected back and said its id.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>The connection, which from now on is the caller's to dispose; only after <see cref="Arrived"/>.</summary>
    public Arrival Take()
    {
        _taken = true;
        return _arrived.Task.Result;
    }

    /// <summary>Stops waiting; a connection that arrived but was not taken is closed.</summary>
    public void Dispose()
    {
        if (table.Forget(this) || _taken)
            return;
        _arrived.Task.ContinueWith(
            static task => task.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Completes the wait.</summary>
    internal void Arrive(Arrival connection) => _arrived.SetResult(connection);
}
