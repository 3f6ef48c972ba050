using System.Runtime.CompilerServices;

namespace KubeWsBridge.Bridge.Pumping;

/// <summary>A stream as the source of a pump: a worker's stdout.</summary>
/// <param name="stream">Its zero-byte reads wait for data without consuming any.</param>
/// <param name="size">Most bytes of one chunk.</param>
internal sealed class StreamSource(Stream stream, int size) : IPumpSource
{
    private PumpBuffer _buffer;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PumpChunk> ReadAsync(CancellationToken cancellationToken)
    {
        _buffer.Release();
        _ = await stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
        var array = _buffer.Rent(size);
        try
        {
            var count = await stream.ReadAsync(array.AsMemory(PumpChunk.Headroom, size), cancellationToken);
            if (count > 0)
                return new PumpChunk(array, PumpChunk.Headroom, count);
        }
        catch
        {
            _buffer.Release();
            throw;
        }

        _buffer.Release();
        return PumpChunk.End;
    }
}
