using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Pumping;

/// <summary>The loop that carries bytes one way. It knows neither WebSocket nor TCP; backpressure is the awaited write.</summary>
internal static class Pump
{
    /// <summary>Carries chunks until the source ends or either side fails; never throws for what happens to connections.</summary>
    public static async Task<PumpResult> RunAsync(IPumpSource source, IPumpSink sink, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            PumpChunk chunk;
            try
            {
                chunk = await source.ReadAsync(cancellationToken);
            }
            catch (Exception exception) when (IsConnectionEnd(exception))
            {
                return new PumpResult(PumpOutcome.SourceFailed, exception);
            }

            if (chunk.IsEnd)
                return new PumpResult(PumpOutcome.SourceEnded);

            try
            {
                await sink.WriteAsync(chunk, cancellationToken);
            }
            catch (Exception exception) when (IsConnectionEnd(exception))
            {
                return new PumpResult(PumpOutcome.SinkFailed, exception);
            }
        }
    }

    /// <summary>Whether the exception is an expected end of a connection rather than a fault of ours.</summary>
    public static bool IsConnectionEnd(Exception exception) =>
        exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;
}
