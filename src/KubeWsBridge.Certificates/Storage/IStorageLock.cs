namespace KubeWsBridge.Certificates.Storage;

/// <summary>A lock that is held until it is disposed of.</summary>
public interface IStorageLock : IAsyncDisposable
{
    /// <summary>Signals that the lock was lost, and that another may hold it; never, where a lock can't be lost.</summary>
    CancellationToken Lost { get; }
}
