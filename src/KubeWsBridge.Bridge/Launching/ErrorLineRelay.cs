using System.Buffers;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Reads a worker's standard error to its end and delivers it line by line, whatever bytes it holds and however fast they come.</summary>
/// <remarks>While there is nothing to read and no line begun, it holds no buffer.</remarks>
public sealed class ErrorLineRelay : IDisposable
{
    /// <summary>Longer lines are delivered in pieces: 8 KiB.</summary>
    public const int MaxLineBytes = 8 * 1024;

    /// <summary>Stands at the end of a piece that is not the last of its line.</summary>
    public const string CutMark = " [line continues]";

    // Room for one line's maximum, and enough beyond it to see where a character ends.
    private const int BufferSize = 2 * MaxLineBytes;

    private readonly FloodGate _gate;
    private byte[]? _buffer;
    private int _filled;

    private ErrorLineRelay(IErrorLineSink sink, TimeProvider time) => _gate = new FloodGate(sink, time);

    /// <summary>Relays until the stream ends, breaks or is disposed, or the token is cancelled; never faults.</summary>
    public static async Task RunAsync(Stream errors, IErrorLineSink sink, TimeProvider time, CancellationToken cancellationToken)
    {
        using var relay = new ErrorLineRelay(sink, time);
        try
        {
            await relay.ReadToEndAsync(errors, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The worker or its session is gone: what came until now is all there is.
        }
    }

    /// <summary>Delivers a last line without a newline, and gives the buffer back.</summary>
    public void Dispose()
    {
        if (_filled > 0)
            Deliver(_buffer.AsSpan(0, _filled));

        ReturnBuffer();
        _gate.Dispose();
    }

    private async Task ReadToEndAsync(Stream errors, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_buffer is null)
            {
                _ = await errors.ReadAsync(Memory<byte>.Empty, cancellationToken);
                _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            }

            var count = await errors.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (count == 0)
                return;

            _filled += count;
            DeliverLines();
        }
    }

    private void DeliverLines()
    {
        var rest = _buffer.AsSpan(0, _filled);
        while (true)
        {
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end;
            if (length > MaxLineBytes)
            {
                var cut = LineText.CutAt(rest, MaxLineBytes);
                _gate.Deliver(rest[..cut], CutMark);
                rest = rest[cut..];
            }
            else if (end >= 0)
            {
                Deliver(rest[..end]);
                rest = rest[(end + 1)..];
            }
            else
            {
                break;
            }
        }

        Keep(rest);
    }

    private void Deliver(ReadOnlySpan<byte> line) => _gate.Deliver(line.EndsWith("\r"u8) ? line[..^1] : line, mark: string.Empty);

    private void Keep(Span<byte> rest)
    {
        rest.CopyTo(_buffer);
        _filled = rest.Length;
        if (_filled == 0)
            ReturnBuffer();
    }

    private void ReturnBuffer()
    {
        if (_buffer is null)
            return;

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _filled = 0;
    }
}
