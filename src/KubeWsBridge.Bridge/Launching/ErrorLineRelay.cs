namespace KubeWsBridge.Bridge.Launching;

/// <summary>Delivers a worker's standard error line by line, whatever bytes it holds and however fast they come.</summary>
public static class ErrorLineRelay
{
    /// <summary>Longer lines are delivered in pieces: 8 KiB.</summary>
    public const int MaxLineBytes = 8 * 1024;

    /// <summary>Stands at the end of a piece that is not the last of its line.</summary>
    public const string CutMark = " [line continues]";

    /// <summary>Relays until the stream ends, breaks or is disposed, or the token is cancelled; never faults.</summary>
    public static async Task RunAsync(Stream errors, IErrorLineSink sink, TimeProvider time, CancellationToken cancellationToken)
    {
        using var gate = new FloodGate(sink, time);
        using var splitter = new LineSplitter(gate);
        try
        {
            while (true)
            {
                // Waits with an empty buffer, so that an idle worker costs none.
                if (!splitter.HoldsBuffer)
                    _ = await errors.ReadAsync(Memory<byte>.Empty, cancellationToken);

                var count = await errors.ReadAsync(splitter.Space, cancellationToken);
                if (count == 0)
                    return;

                splitter.Take(count);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The worker or its session is gone: what came until now is all there is.
        }
    }
}
