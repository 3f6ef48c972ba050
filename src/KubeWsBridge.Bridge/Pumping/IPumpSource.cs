namespace KubeWsBridge.Bridge.Pumping;

/// <summary>The end a pump reads from.</summary>
public interface IPumpSource
{
    /// <summary>Waits for bytes, holding no buffer while it waits; <see cref="PumpChunk.End"/> when there will be no more.</summary>
    /// <exception cref="IOException">The other side is gone without a proper end.</exception>
    ValueTask<PumpChunk> ReadAsync(CancellationToken cancellationToken);
}
