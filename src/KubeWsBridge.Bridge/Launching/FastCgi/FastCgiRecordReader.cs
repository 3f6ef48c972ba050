namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Takes a stream of records apart, wherever its reads were cut. It does no I/O and keeps no content.</summary>
internal sealed class FastCgiRecordReader
{
    private readonly byte[] _header = new byte[FastCgiRecordHeader.Size];
    private int _headerLength;
    private FastCgiRecordType _type;
    private int _content;
    private int _padding;

    /// <summary>Takes the next piece from the front of the input; false when all of the input is taken.</summary>
    /// <exception cref="InvalidDataException">The input is no FastCGI.</exception>
    public bool TryRead(ref ReadOnlyMemory<byte> input, out FastCgiPiece piece)
    {
        piece = default;
        if (_content == 0)
        {
            Skip(ref input);
            if (!TryReadHeader(ref input))
                return false;
        }

        if (_content > 0 && input.IsEmpty)
            return false;
        var content = input[..Math.Min(_content, input.Length)];
        input = input[content.Length..];
        _content -= content.Length;
        piece = new FastCgiPiece(_type, content, _content == 0);
        return true;
    }

    private void Skip(ref ReadOnlyMemory<byte> input)
    {
        var count = Math.Min(_padding, input.Length);
        input = input[count..];
        _padding -= count;
    }

    private bool TryReadHeader(ref ReadOnlyMemory<byte> input)
    {
        var count = Math.Min(_header.Length - _headerLength, input.Length);
        input.Span[..count].CopyTo(_header.AsSpan(_headerLength));
        input = input[count..];
        _headerLength += count;
        if (_headerLength < _header.Length)
            return false;

        _headerLength = 0;
        (_type, var content, var padding) = FastCgiRecordHeader.Read(_header);
        (_content, _padding) = (content, padding);
        return true;
    }
}
