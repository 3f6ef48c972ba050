using System.Buffers;
using System.Globalization;
using System.Text;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Framing;

/// <summary>Turns a worker's frames into WebSocket frames in the buffer they were received in: many small ones become one run of bytes to send.</summary>
/// <remarks>
/// A frame that lies there whole becomes one frame; of others what is there becomes a fragment, so that nothing has to be kept until the rest
/// comes, and pongs, pings and the close frame can go in between. It works in place because a worker's frame has at least as many bytes
/// around its payload as a WebSocket frame of the same length (8 to 2, 11 to 4, 13 to 10).
/// </remarks>
internal sealed class FramesToClient
{
    private WorkerFrameDecoder _decoder;
    private byte[]? _stash;
    private int _stashed;
    private long _position;
    private bool _insideMessage;
    private volatile WorkerEnd? _end;

    /// <summary>How the worker's output ended; null while it has not, and when it just ended.</summary>
    public WorkerEnd? End => _end;

    /// <summary>Whether the client has been sent the beginning of a message and not its end.</summary>
    public bool IsInsideMessage => _insideMessage;

    /// <summary>Bytes that are left over from before; <see cref="Unstash"/> puts them in front of what comes next.</summary>
    public int Stashed => _stashed;

    /// <summary>Puts what is left over at the place where the next bytes are to go behind it.</summary>
    public void Unstash(Span<byte> destination)
    {
        if (_stash is not { } stash)
            return;
        stash.AsSpan(0, _stashed).CopyTo(destination);
        DropStash();
    }

    /// <summary>Turns what was received into frames; the bytes that make no event yet are kept.</summary>
    /// <param name="buffer">Has room for a header (<see cref="FrameWriter.MaxHeaderLength"/>) in front of <paramref name="start"/>.</param>
    /// <param name="start">Where the bytes begin, what was left over included.</param>
    /// <param name="length">How many there are.</param>
    public FramedBytes Translate(Span<byte> buffer, int start, int length)
    {
        var made = new FramedBytes(start, 0, 0, 0);
        var (at, end) = (start, start + length);
        while (at < end && _end is null)
        {
            var found = _decoder.Decode(buffer[at..end]);
            if (found.Kind == WorkerEventKind.NeedMore)
            {
                Stash(buffer[at..end]);
                break;
            }

            if (found.Kind == WorkerEventKind.Data)
                made = PutData(buffer, made, at, found);
            else if (found.Kind == WorkerEventKind.Control)
                made = Put(buffer, made, at, found, found.Type, final: true);
            else
                _end = found.Kind == WorkerEventKind.Close ? Closed(buffer[at..end], found) : Fault(buffer[at..end], found);
            at += found.Consumed;
            _position += found.Consumed;
        }

        return made;
    }

    /// <summary>The worker's output has ended without a close: inside a message that is a fault, though one that a failed exit explains better.</summary>
    public void EndOfOutput()
    {
        if (_end is null && (_stashed > 0 || _decoder.IsInsideMessage))
            _end = Fault(_stash.AsSpan(0, _stashed), new WorkerEvent { Kind = WorkerEventKind.Error, Error = FramingError.Cut }) with { IsCut = true };
        DropStash();
    }

    private FramedBytes PutData(Span<byte> buffer, FramedBytes made, int at, in WorkerEvent found)
    {
        if (found.PayloadLength == 0 && !found.EndOfMessage)
            return made;
        var opcode = _insideMessage ? Opcode.Continuation : found.Type;
        _insideMessage = !found.EndOfMessage;
        made = Put(buffer, made, at, found, opcode, found.EndOfMessage);
        return made with { PayloadLength = made.PayloadLength + found.PayloadLength, Messages = made.Messages + (found.EndOfMessage ? 1 : 0) };
    }

    /// <summary>The first frame's payload stays where it is and its header goes in front; all others move up behind it.</summary>
    private static FramedBytes Put(Span<byte> buffer, FramedBytes made, int at, in WorkerEvent found, Opcode opcode, bool final)
    {
        var header = FrameWriter.HeaderLength(found.PayloadLength);
        var payload = at + found.PayloadOffset;
        if (made.Length == 0)
            made = made with { Start = payload - header };
        var target = made.Start + made.Length;
        if (made.Length > 0)
            buffer.Slice(payload, found.PayloadLength).CopyTo(buffer[(target + header)..]);
        FrameWriter.WriteHeader(buffer[target..], opcode, final, found.PayloadLength);
        return made with { Length = made.Length + header + found.PayloadLength };
    }

    private static WorkerEnd Closed(ReadOnlySpan<byte> input, in WorkerEvent found) =>
        new(found.CloseCode, Encoding.UTF8.GetString(input.Slice(found.PayloadOffset, found.PayloadLength)));

    private WorkerEnd Fault(ReadOnlySpan<byte> input, in WorkerEvent found)
    {
        var there = input[Math.Min(found.Consumed, input.Length)..];
        var where = there.IsEmpty ? "at the end" : $"where there is {Excerpt.Of(there)}";
        var position = (_position + found.Consumed).ToString(CultureInfo.InvariantCulture);
        return new WorkerEnd(
            CloseCode.InternalError, $"At byte {position} of its output, {where}: {FramingErrors.Describe(found.Error, _decoder.FrameLength)}",
            Refusals.FramingError);
    }

    private void Stash(ReadOnlySpan<byte> remainder)
    {
        _stash = ArrayPool<byte>.Shared.Rent(WorkerFrameDecoder.MaxRemainder);
        remainder.CopyTo(_stash);
        _stashed = remainder.Length;
    }

    private void DropStash()
    {
        if (_stash is { } stash)
            ArrayPool<byte>.Shared.Return(stash);
        (_stash, _stashed) = (null, 0);
    }
}
