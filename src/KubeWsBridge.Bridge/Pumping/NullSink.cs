namespace KubeWsBridge.Bridge.Pumping;

/// <summary>Takes everything and keeps nothing, so that a worker whose output nobody wants never blocks.</summary>
internal sealed class NullSink : IPumpSink
{
    /// <summary>The one instance.</summary>
    public static readonly NullSink Instance = new();

    /// <inheritdoc/>
    public ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken) => default;
}
