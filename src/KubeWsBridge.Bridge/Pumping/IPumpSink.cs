namespace KubeWsBridge.Bridge.Pumping;

/// <summary>The end a pump writes to.</summary>
public interface IPumpSink
{
    /// <summary>Writes the chunk; completes when the other side has taken it or the system has room for it (this is the backpressure).</summary>
    /// <exception cref="IOException">The other side takes nothing any more.</exception>
    ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken);
}
