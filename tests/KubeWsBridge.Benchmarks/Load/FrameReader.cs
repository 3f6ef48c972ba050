using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>Takes the payload out of what a server sends, whatever the pieces it comes in.</summary>
internal struct FrameReader(Wire wire)
{
    private const int Close = 8;

    private HeaderBytes _header;
    private int _headerLength;
    private long _remaining;
    private bool _control;

    /// <summary>The next piece of payload, cut off the input; empty when the input is used up.</summary>
    /// <exception cref="BenchmarkException">The server closed.</exception>
    public ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> input)
    {
        if (wire == Wire.Raw)
            return Take(ref input, input.Length);

        while (!input.IsEmpty)
        {
            if (_remaining == 0)
            {
                ReadHeaderByte(ref input);
                continue;
            }

            var piece = Take(ref input, (int)Math.Min(_remaining, input.Length));
            _remaining -= piece.Length;
            if (!_control)
                return piece;
        }

        return [];
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int count)
    {
        var taken = input[..count];
        input = input[count..];
        return taken;
    }

    private void ReadHeaderByte(ref ReadOnlySpan<byte> input)
    {
        _header[_headerLength++] = input[0];
        input = input[1..];
        if (_headerLength < 2)
            return;

        var length = _header[1] & 0x7F;
        var headerLength = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (_headerLength < headerLength)
            return;

        ReadOnlySpan<byte> header = _header;
        _remaining = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(header[2..]),
            _ => length,
        };
        var opcode = header[0] & 0x0F;
        _control = opcode >= Close;
        _headerLength = 0;
        if (opcode == Close)
            throw new BenchmarkException(input.Length >= 2 ? $"closed with code {BinaryPrimitives.ReadUInt16BigEndian(input)}" : "closed");
    }

    [InlineArray(10)]
    private struct HeaderBytes
    {
        private byte _first;
    }
}
