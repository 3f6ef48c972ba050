using KubeWsBridge.Bridge.Closing;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>A running worker. Disposing it releases descriptors and kills what still runs; a second time does nothing.</summary>
public interface IWorker : IStoppable, IAsyncDisposable
{
    /// <summary>The name of the launcher it came from; another than the route's when that one could not serve.</summary>
    string Launcher { get; }

    /// <summary>The operating system's process id; null when the launcher has none to give.</summary>
    int? ProcessId { get; }

    /// <summary>
    /// The worker's standard output. Reads return 0 at the end; a zero-byte read waits for data without holding a buffer.
    /// Nobody else reads it, so it must be drained or the worker blocks.
    /// </summary>
    Stream Output { get; }

    /// <summary>The worker's standard error, with the same rules as <see cref="Output"/>.</summary>
    Stream Errors { get; }

    /// <summary>
    /// Completes when the worker holds nothing here any more: its process has exited, and both outputs have been read to their end or closed. Its
    /// back-connection can live on in a process of its own.
    /// </summary>
    Task Gone { get; }
}
