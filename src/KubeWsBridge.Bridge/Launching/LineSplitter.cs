using System.Buffers;

namespace KubeWsBridge.Bridge.Launching;

/// <summary>Cuts a stream of bytes into lines; holds a buffer only while a line is begun.</summary>
internal sealed class LineSplitter(FloodGate gate) : IDisposable
{
    // Room for the longest line, and enough beyond it to see where a character ends.
    private const int BufferSize = 2 * ErrorLineRelay.MaxLineBytes;

    private byte[]? _buffer;
    private int _filled;

    /// <summary>Whether a buffer is held now.</summary>
    public bool HoldsBuffer => _buffer is not null;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Space => (_buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize)).AsMemory(_filled);

    /// <summary>Delivers the lines that <paramref name="count"/> new bytes in <see cref="Space"/> complete.</summary>
    public void Take(int count)
    {
        _filled += count;
        var rest = _buffer.AsSpan(0, _filled);
        while (true)
        {
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end;
            if (length > ErrorLineRelay.MaxLineBytes)
            {
                var cut = LineText.CutAt(rest, ErrorLineRelay.MaxLineBytes);
                gate.Deliver(rest[..cut], ErrorLineRelay.CutMark);
                rest = rest[cut..];
            }
            else if (end >= 0)
            {
                Deliver(rest[..end]);
                rest = rest[(end + 1)..];
            }
            else
            {
                Keep(rest);
                return;
            }
        }
    }

    /// <summary>Delivers a last line without a newline, and gives the buffer back.</summary>
    public void Dispose()
    {
        if (_filled > 0)
            Deliver(_buffer.AsSpan(0, _filled));

        ReturnBuffer();
    }

    private void Deliver(ReadOnlySpan<byte> line) => gate.Deliver(line.EndsWith("\r"u8) ? line[..^1] : line, mark: string.Empty);

    private void Keep(Span<byte> rest)
    {
        rest.CopyTo(_buffer);
        _filled = rest.Length;
        if (_filled == 0)
            ReturnBuffer();
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);

        _buffer = null;
        _filled = 0;
    }
}
