namespace KubeWsBridge.Benchmarks.Targets;

/// <summary>A peer in front of the compiled worker, which serves as its back-end with a process per connection.</summary>
internal sealed class PeerContender(IPeer peer, WorkerPrograms workers) : IContender
{
    /// <inheritdoc/>
    public string Name => peer.Name;

    /// <inheritdoc/>
    public bool Takes(Handler handler) => !handler.IsPhp && workers.Compiled is not null;

    /// <inheritdoc/>
    public ITarget Start(Handler handler) => new PeerTarget(peer, workers, handler);
}
