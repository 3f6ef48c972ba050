using System.Buffers.Binary;
using System.Text.Unicode;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Finds events in the bytes a client sent, one a call, and does no I/O itself (RFC 6455 sections 5 to 8).</summary>
/// <remarks>
/// <para>
/// The caller shows the bytes it has not dropped yet, uses the event's payload in place, drops <see cref="DecodeResult.Consumed"/> bytes
/// and calls again until NeedMore. Payload is handed on as it arrives; only control frames, at most 131 bytes, must be whole. A caller
/// that has dropped everything it can holds less than that.
/// </para>
/// <para>
/// Close and Error are final: every later call repeats the event, without a reason, and consumes all it is shown (section 5.5.1: what
/// comes after a close frame is not looked at). An Error leaves no byte to consume either. Bytes that came before a fault in a text are
/// delivered first; the Error is the next event, and at least one byte is left to ask for it with.
/// </para>
/// <para>A mutable struct of 40 bytes, one an open connection: keep it in a field that is not readonly, and pass it by reference.</para>
/// </remarks>
public struct FrameDecoder
{
    private readonly long _maxMessageSize;
    private long _messageSize;
    private long _remaining;
    private uint _key;
    private ushort _closeCode;
    private Opcode _messageType;
    private bool _final;
    private DecodeError _error;
    private Utf8Validator _text;

    /// <summary>A decoder at the start of a connection.</summary>
    /// <param name="maxMessageSize">Most payload bytes of one message, all fragments together; 0 allows only empty ones.</param>
    public FrameDecoder(long maxMessageSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxMessageSize);
        _maxMessageSize = maxMessageSize;
    }

    /// <summary>True between the first byte of a message and its last: an end of the connection here cuts a message.</summary>
    public readonly bool IsInsideMessage => _messageType != Opcode.Continuation;

    /// <summary>The event at the front of <paramref name="input"/>, whose payload is unmasked in place.</summary>
    public DecodeResult Decode(Span<byte> input)
    {
        if (_closeCode != 0) return RepeatEnd(input);
        if (_remaining > 0) return DecodePayload(input, 0);

        var error = FrameHeader.Read(input, IsInsideMessage, _maxMessageSize - _messageSize, out var header);
        if (error != DecodeError.None) return Fail(error, input);
        if (input.Length < header.Needed) return new DecodeResult { Needed = header.Needed };
        if (header.IsControl) return DecodeControl(input, header);

        if (header.Opcode != Opcode.Continuation) _messageType = header.Opcode;
        _final = header.Final;
        _key = header.Key;
        _remaining = header.PayloadLength;
        _messageSize += header.PayloadLength;
        return DecodePayload(input, header.Length);
    }

    private DecodeResult DecodePayload(Span<byte> input, int offset)
    {
        var length = (int)Math.Min(_remaining, input.Length - offset);
        if (length == 0 && _remaining > 0) return new DecodeResult { Needed = 1 };

        var payload = input.Slice(offset, length);
        Masking.Apply(payload, _key);
        _key = Masking.Advance(_key, length);
        _remaining -= length;
        var end = _final && _remaining == 0;
        var type = _messageType;

        if (type == Opcode.Text && !IsText(payload, end, out length))
        {
            if (length == 0) return RepeatEnd(input);
            end = false;
        }

        if (end)
        {
            _messageType = Opcode.Continuation;
            _messageSize = 0;
        }

        return new DecodeResult
        {
            Kind = DecodeKind.Data,
            MessageType = type,
            EndOfMessage = end,
            Consumed = offset + length,
            PayloadOffset = offset,
            PayloadLength = length,
        };
    }

    /// <summary>
    /// False for a fault, which the next call reports; <paramref name="sound"/> counts the bytes before it. A text that ends inside a
    /// sequence is at fault in its last byte, which is kept back so that the caller has reason to call again.
    /// </summary>
    private bool IsText(ReadOnlySpan<byte> payload, bool end, out int sound)
    {
        if (!_text.Append(payload, out sound))
        {
            End(DecodeError.TextNotUtf8);
            return false;
        }

        if (!end || _text.IsComplete) return true;
        sound = Math.Max(0, sound - 1);
        End(DecodeError.TextCut);
        return false;
    }

    private DecodeResult DecodeControl(Span<byte> input, in FrameHeader header)
    {
        var payload = input[header.Length..header.Needed];
        Masking.Apply(payload, header.Key);
        if (header.Opcode == Opcode.Close) return DecodeClose(input, payload, header.Needed);

        return new DecodeResult
        {
            Kind = header.Opcode == Opcode.Ping ? DecodeKind.Ping : DecodeKind.Pong,
            Consumed = header.Needed,
            PayloadOffset = header.Length,
            PayloadLength = payload.Length,
        };
    }

    private DecodeResult DecodeClose(ReadOnlySpan<byte> input, ReadOnlySpan<byte> payload, int frameLength)
    {
        if (payload.Length == 1) return Fail(DecodeError.CloseCodeCut, input);

        var code = payload.IsEmpty ? CloseCode.NoStatus : BinaryPrimitives.ReadUInt16BigEndian(payload);
        var reason = payload.IsEmpty ? payload : payload[sizeof(ushort)..];
        if (!payload.IsEmpty && !CloseCode.MayBeReceived(code)) return Fail(DecodeError.CloseCodeInvalid, input);
        if (!Utf8.IsValid(reason)) return Fail(DecodeError.CloseReasonNotUtf8, input);

        _closeCode = (ushort)code;
        return new DecodeResult
        {
            Kind = DecodeKind.Close,
            CloseCode = code,
            Consumed = frameLength,
            PayloadOffset = frameLength - reason.Length,
            PayloadLength = reason.Length,
        };
    }

    private DecodeResult Fail(DecodeError error, ReadOnlySpan<byte> input)
    {
        End(error);
        return RepeatEnd(input);
    }

    private void End(DecodeError error)
    {
        _error = error;
        _closeCode = (ushort)DecodeErrors.CloseCodeOf(error);
    }

    private readonly DecodeResult RepeatEnd(ReadOnlySpan<byte> input) => new()
    {
        Kind = _error == DecodeError.None ? DecodeKind.Close : DecodeKind.Error,
        Error = _error,
        CloseCode = _closeCode,
        Consumed = input.Length,
    };
}
