namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>Where workers come in; it owns the listening socket.</summary>
internal interface IDoorway : IDisposable
{
    /// <summary>Waits for a connection.</summary>
    /// <exception cref="IOException">None can be accepted now.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    ValueTask<IStranger> AcceptAsync(CancellationToken cancellationToken);
}
