using System.Buffers;
using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>What a client has sent and nobody has taken yet: finds payloads in it, and answers pings where they lie.</summary>
/// <remarks>
/// It holds a buffer only from a read until everything in it is taken. What is left over then (a cut header or control frame, at most
/// <see cref="StashSize"/> bytes) is kept in an array of its own.
/// </remarks>
/// <param name="maxPayloadSize">The longest message, in bytes.</param>
/// <param name="readSize">The most that is read at once, in bytes.</param>
/// <param name="traffic">Counts what is taken.</param>
internal sealed class FrameIntake(long maxPayloadSize, int readSize, Traffic traffic)
{
    /// <summary>The longest undecodable remainder: a masked control frame's header and payload, without its last byte.</summary>
    private const int StashSize = 2 + 4 + 125;

    private FrameDecoder _decoder = new(maxPayloadSize);
    private PumpBuffer _buffer;
    private byte[]? _stash;
    private int _unreadStart;
    private int _unreadEnd;
    private DecodeResult _event;
    private int _eventStart;
    private int _pongsStart;
    private int _pongsEnd;

    /// <summary>What comes next and is no payload: a close or an error; <see cref="DecodeKind.NeedMore"/> when there is nothing more.</summary>
    public DecodeResult Event => _event;

    /// <summary>The payload of <see cref="Event"/>.</summary>
    public ReadOnlySpan<byte> EventPayload => _buffer.Array.AsSpan(_eventStart + _event.PayloadOffset, _event.PayloadLength);

    /// <summary>What is not decoded.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.Array.AsSpan(_unreadStart, _unreadEnd - _unreadStart);

    /// <summary>Whether pings have been answered, and the answers are still to be sent.</summary>
    public bool HasPongs => _pongsEnd > 0;

    /// <summary>
    /// Gathers the payload of all frames up to the first event that is not data; <see cref="PumpChunk.End"/> when there is none. Pings that come
    /// before any payload are answered in their place, together.
    /// </summary>
    public PumpChunk TakePayload()
    {
        var start = 0;
        var length = 0;
        AnswerPing();
        while (_event.Kind == DecodeKind.NeedMore && _unreadStart < _unreadEnd)
        {
            var array = _buffer.Array!;
            var result = _decoder.Decode(array.AsSpan(_unreadStart, _unreadEnd - _unreadStart));
            if (result.Kind == DecodeKind.Data)
            {
                // Payloads of several frames are moved together, so that many small messages cost one write.
                if (length == 0)
                    start = _unreadStart + result.PayloadOffset;
                else
                    array.AsSpan(_unreadStart + result.PayloadOffset, result.PayloadLength).CopyTo(array.AsSpan(start + length));
                length += result.PayloadLength;
                traffic.CountReceived(result.PayloadLength, result.EndOfMessage);
            }
            else
            {
                (_event, _eventStart) = (result, _unreadStart);
                if (result.Kind == DecodeKind.NeedMore)
                    break;
                if (length == 0)
                    AnswerPing();
            }

            _unreadStart += result.Consumed;
        }

        return length == 0 ? PumpChunk.End : new PumpChunk(_buffer.Array!, start, length);
    }

    /// <summary>
    /// Takes the next piece of a message, ping or pong as it is; <see cref="PumpChunk.End"/> when there is none. The event after it is looked at
    /// already, so that the sink knows whether to wait for it.
    /// </summary>
    public PumpChunk TakePiece()
    {
        if (_event.Kind == DecodeKind.NeedMore)
            LookAhead();
        var found = _event;
        if (!IsPiece(found.Kind))
            return PumpChunk.End;

        var start = _eventStart + found.PayloadOffset;
        AnswerPing();
        if (found.Kind == DecodeKind.Ping)
            start = _pongsEnd - found.PayloadLength; // the pong has taken the ping's place
        else if (found.Kind == DecodeKind.Data)
            traffic.CountReceived(found.PayloadLength, found.EndOfMessage);

        _event = default;
        LookAhead();
        return new PumpChunk(_buffer.Array!, start, found.PayloadLength)
        {
            Kind = KindOf(found),
            GoesOn = found.Kind == DecodeKind.Data && !found.EndOfMessage,
            MoreAtHand = IsPiece(_event.Kind),
        };
    }

    /// <summary>The answers to pings, as frames, which stay in the buffer until the next read.</summary>
    public ReadOnlyMemory<byte> TakePongs()
    {
        var pongs = _buffer.Array.AsMemory(_pongsStart, _pongsEnd - _pongsStart);
        (_pongsStart, _pongsEnd) = (0, 0);
        return pongs;
    }

    /// <summary>Everything is taken that can be: gives the buffer back until <see cref="Room"/>.</summary>
    public void Rest()
    {
        _event = default;
        var remainder = _unreadEnd - _unreadStart;
        if (remainder > 0)
        {
            _stash = ArrayPool<byte>.Shared.Rent(StashSize);
            _buffer.Array.AsSpan(_unreadStart, remainder).CopyTo(_stash);
        }

        (_unreadStart, _unreadEnd) = (PumpChunk.Headroom, PumpChunk.Headroom + remainder);
        _buffer.Release();
    }

    /// <summary>Where to read to, behind what was left over.</summary>
    public Memory<byte> Room()
    {
        var array = _buffer.Rent(readSize);
        if (_stash is { } stash)
        {
            stash.AsSpan(0, _unreadEnd - _unreadStart).CopyTo(array.AsSpan(_unreadStart));
            GiveStashBack();
        }

        return array.AsMemory(_unreadEnd, PumpChunk.Headroom + readSize - _unreadEnd);
    }

    /// <summary>So many bytes were read to <see cref="Room"/>.</summary>
    public void Add(int count) => _unreadEnd += count;

    /// <summary>Throws away what is not decoded.</summary>
    public void Discard() => _unreadStart = _unreadEnd;

    /// <summary>Throws away everything; a second time does nothing.</summary>
    public void Release()
    {
        _buffer.Release();
        GiveStashBack();
        (_unreadStart, _unreadEnd) = (0, 0);
    }

    private static bool IsPiece(DecodeKind kind) => kind is DecodeKind.Data or DecodeKind.Ping or DecodeKind.Pong;

    private static ChunkKind KindOf(in DecodeResult found) => found switch
    {
        { Kind: DecodeKind.Ping } => ChunkKind.Ping,
        { Kind: DecodeKind.Pong } => ChunkKind.Pong,
        { MessageType: Opcode.Text } => ChunkKind.Text,
        _ => ChunkKind.Binary,
    };

    private void LookAhead()
    {
        if (_unreadStart == _unreadEnd)
            return;
        (_event, _eventStart) = (_decoder.Decode(_buffer.Array.AsSpan(_unreadStart, _unreadEnd - _unreadStart)), _unreadStart);
        _unreadStart += _event.Consumed;
    }

    /// <summary>Turns a ping into its pong where it lies, behind the pongs before it: a client's frame is longer by its mask.</summary>
    private void AnswerPing()
    {
        if (_event.Kind == DecodeKind.Ping)
        {
            var array = _buffer.Array!;
            if (_pongsEnd == 0)
                (_pongsStart, _pongsEnd) = (_eventStart, _eventStart);
            _pongsEnd += FrameWriter.WriteControl(array.AsSpan(_pongsEnd), Opcode.Pong, EventPayload);
        }

        if (_event.Kind is DecodeKind.Ping or DecodeKind.Pong)
            _event = default;
    }

    private void GiveStashBack()
    {
        if (_stash is { } stash)
            ArrayPool<byte>.Shared.Return(stash);
        _stash = null;
    }
}
