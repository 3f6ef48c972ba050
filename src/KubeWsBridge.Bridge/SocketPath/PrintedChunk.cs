using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>A chunk of a worker's stdout on its way to the client.</summary>
internal sealed class PrintedChunk(PumpChunk chunk)
{
    /// <summary>The bytes.</summary>
    public PumpChunk Chunk => chunk;

    /// <summary>Whether they were given to the client's end, where some may still wait.</summary>
    public bool IsSent { get; set; }

    /// <summary>Completes when the client's system has room for all, or will never have.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
