using System.Buffers.Text;
using System.Text.Unicode;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Framing;

/// <summary>Finds events in the bytes a worker sent in <see cref="WorkerFraming.Messages"/>, one a call, and does no I/O itself.</summary>
/// <remarks>
/// <para>
/// The caller shows the bytes it has not dropped yet, uses the event's payload, drops <see cref="WorkerEvent.Consumed"/> bytes and calls again until
/// NeedMore. Payload is handed on as it arrives, but a message ends only with the guard of its last frame: what a wrong length made of it
/// never becomes a whole message. Header lines and control frames must be whole; a caller that has dropped all it can holds less than
/// <see cref="MaxRemainder"/> bytes.
/// </para>
/// <para>Close and Error are final. A mutable struct: keep it in a field that is not readonly.</para>
/// </remarks>
internal struct WorkerFrameDecoder
{
    /// <summary>Bytes of the longest frame that is not handed on in parts: a close with the longest reason.</summary>
    public const int MaxRemainder = FrameLine.MaxLength + MaxClosePayload + 1;

    private const int MaxCloseReason = FrameWriter.MaxControlPayload - sizeof(ushort);
    private const int MaxClosePayload = 4 + 1 + MaxCloseReason;

    private Opcode _message;
    private Opcode _type;
    private bool _goesOn;
    private bool _inPayload;
    private int _remaining;
    private int _length;
    private Utf8Validator _text;

    /// <summary>True inside a frame that is handed on in parts, and between the pieces of a message: an end of the output here cuts a message.</summary>
    public readonly bool IsInsideMessage => _inPayload || _message != Opcode.Continuation;

    /// <summary>The length that the last header line said.</summary>
    public readonly int FrameLength => _length;

    /// <summary>The event at the front of <paramref name="input"/>, which is not empty.</summary>
    public WorkerEvent Decode(ReadOnlySpan<byte> input)
    {
        if (_inPayload)
            return DecodePayload(input, 0);

        var error = FrameLine.Read(input, out var line);
        if (error != FramingError.None)
            return Fail(error, line.Length);
        if (line.Length == 0)
            return default;

        _length = line.PayloadLength;
        if (line.Type is not (Opcode.Text or Opcode.Binary))
            return DecodeControl(input, line);
        if (_message != Opcode.Continuation && _message != line.Type)
            return Fail(FramingError.Interrupted, 0);

        (_type, _goesOn, _remaining) = (line.Type, line.GoesOn, line.PayloadLength);
        return input.Length == line.Length ? default : DecodePayload(input, line.Length);
    }

    private WorkerEvent DecodePayload(ReadOnlySpan<byte> input, int offset)
    {
        var length = Math.Min(_remaining, input.Length - offset);
        var end = offset + length;
        var guarded = length == _remaining && end < input.Length;
        if (guarded && input[end] != FrameLine.Guard)
            return Fail(FramingError.MissingGuard, end);

        var endOfMessage = guarded && !_goesOn;
        if (_type == Opcode.Text)
        {
            if (!_text.Append(input[offset..end], out var sound))
                return Fail(FramingError.TextNotUtf8, offset + sound);
            if (endOfMessage && !_text.IsComplete)
                return Fail(FramingError.TextCut, end);
        }

        _remaining -= length;
        _inPayload = !guarded;
        _message = endOfMessage ? Opcode.Continuation : _type;
        return new WorkerEvent
        {
            Kind = WorkerEventKind.Data,
            Type = _type,
            EndOfMessage = endOfMessage,
            Consumed = guarded ? end + 1 : end,
            PayloadOffset = offset,
            PayloadLength = length,
        };
    }

    private readonly WorkerEvent DecodeControl(ReadOnlySpan<byte> input, in FrameLine line)
    {
        if (line.GoesOn)
            return Fail(FramingError.ControlInPieces, 0);
        if (line.PayloadLength > (line.Type == Opcode.Close ? MaxClosePayload : FrameWriter.MaxControlPayload))
            return Fail(FramingError.ControlTooLong, 0);
        if (_message != Opcode.Continuation && line.Type != Opcode.Close)
            return Fail(FramingError.Interrupted, 0);

        var end = line.Length + line.PayloadLength;
        if (input.Length <= end)
            return default;
        if (input[end] != FrameLine.Guard)
            return Fail(FramingError.MissingGuard, end);
        return line.Type == Opcode.Close
            ? DecodeClose(input[line.Length..end], line.Length)
            : new WorkerEvent
            {
                Kind = WorkerEventKind.Control,
                Type = line.Type,
                Consumed = end + 1,
                PayloadOffset = line.Length,
                PayloadLength = line.PayloadLength,
            };
    }

    private static WorkerEvent DecodeClose(ReadOnlySpan<byte> payload, int offset)
    {
        var (code, digits) = (CloseCode.Normal, 0);
        if (!payload.IsEmpty && !(Utf8Parser.TryParse(payload, out code, out digits) && digits == 4 && CloseCode.MayBeReceived(code)))
            return Fail(FramingError.BadCloseCode, offset);
        if (payload.Length > digits && payload[digits] != (byte)' ')
            return Fail(FramingError.BadCloseCode, offset);

        var reason = payload[Math.Min(digits + 1, payload.Length)..];
        if (reason.Length > MaxCloseReason || !Utf8.IsValid(reason))
            return Fail(FramingError.BadCloseReason, offset + payload.Length - reason.Length);
        return new WorkerEvent
        {
            Kind = WorkerEventKind.Close,
            CloseCode = code,
            Consumed = offset + payload.Length + 1,
            PayloadOffset = offset + payload.Length - reason.Length,
            PayloadLength = reason.Length,
        };
    }

    private static WorkerEvent Fail(FramingError error, int at) => new() { Kind = WorkerEventKind.Error, Error = error, Consumed = at };
}
