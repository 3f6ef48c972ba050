using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>Takes the header block off a CGI answer (RFC 3875 section 6), which may come in any pieces, and remembers its status.</summary>
internal sealed class CgiHead
{
    /// <summary>Most bytes of the block: 64 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int Ok = 200;

    private ArrayBufferWriter<byte>? _block;
    private bool _lineIsEmpty = true;
    private bool _hasEnded;

    /// <summary>The answer's status code; 200 when the block names none or has not ended.</summary>
    public int StatusCode { get; private set; } = Ok;

    /// <summary>The answer's status as it stands there, for example <c>404 Not Found</c>.</summary>
    public string Status { get; private set; } = "200 OK";

    /// <summary>What of the piece comes after the block.</summary>
    /// <exception cref="InvalidDataException">The block is too long.</exception>
    public ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> piece)
    {
        if (_hasEnded)
            return piece;

        _block ??= new ArrayBufferWriter<byte>(256);
        var bytes = piece.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n' && _lineIsEmpty)
            {
                _block.Write(bytes[..i]);
                End(_block.WrittenSpan);
                return piece[(i + 1)..];
            }

            _lineIsEmpty = bytes[i] == '\n' || (_lineIsEmpty && bytes[i] == '\r');
        }

        if (_block.WrittenCount + bytes.Length > MaxBytes)
            throw new InvalidDataException($"The script's HTTP headers have more than {MaxBytes} bytes.");
        _block.Write(bytes);
        return default;
    }

    private void End(ReadOnlySpan<byte> block)
    {
        foreach (var range in block.Split((byte)'\n'))
        {
            var line = block[range];
            const int nameLength = 7;
            if (line.Length <= nameLength || !Ascii.EqualsIgnoreCase(line[..nameLength], "status:"u8))
                continue;
            var value = line[nameLength..].Trim(" \t\r"u8);
            if (Utf8Parser.TryParse(value, out int code, out _))
                (StatusCode, Status) = (code, Encoding.Latin1.GetString(value));
        }

        _block = null;
        _hasEnded = true;
    }
}
