using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>
/// A client's end of a session over any stream, in <c>raw</c> framing: payload bytes of text and binary messages as they come in, one binary
/// message for each chunk out. Reading, answering pings and watching for the close frame are one thing, so somebody must always be reading.
/// </summary>
/// <remarks>
/// One reader at a time; writers take turns. An idle connection holds no buffer: it waits in a zero-byte read, and what little can be left over
/// between reads (a cut header or control frame, at most <see cref="StashSize"/> bytes) is kept in an array of its own.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphores have no wait handle, and the last turns are taken after the end.")]
internal sealed class WebSocketConnection(
    Stream stream, Action abort, WebSocketOptions options, int readSize, TimeProvider timeProvider, DeliveryGauge gauge = default)
    : IPumpSource, IPumpSink
{
    /// <summary>The longest undecodable remainder: a masked control frame's header and payload, without its last byte.</summary>
    private const int StashSize = 2 + 4 + 125;

    private static readonly byte[] PingFrame = Frame(Opcode.Ping);

    private readonly Lock _owner = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private FrameDecoder _decoder = new(options.MaxPayloadSize);
    private PumpBuffer _buffer;
    private byte[]? _stash;
    private int _unreadStart;
    private int _unreadEnd;
    private DecodeResult _waitingEvent;
    private int _waitingEventStart;
    private int _pongsStart;
    private int _pongsEnd;
    private volatile bool _outputEnded;
    private volatile bool _detached;
    private bool _released;
    private readonly Pulse _pulse = new(options.HeartbeatInterval, timeProvider);

    /// <summary>How the client's side ended; null while it has not.</summary>
    public ClientEnd? End { get; private set; }

    /// <summary>Bytes and messages both ways.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Grows as long as the client takes what it is sent; only its changes mean something.</summary>
    public long Progress => Traffic.BytesSent + gauge.Acknowledged;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PumpChunk> ReadAsync(CancellationToken cancellationToken)
    {
        while (End is null)
        {
            var chunk = DecodeChunk();
            if (_pongsEnd > 0)
                await SendPongsAsync(cancellationToken);
            if (!chunk.IsEnd)
                return chunk;

            if (_waitingEvent.Kind != DecodeKind.NeedMore)
                HandleWaitingEvent();
            else if (!await FillAsync(cancellationToken))
                Finish(ClientEnd.Gone);
        }

        return PumpChunk.End;
    }

    /// <summary>Sends the chunk as one binary message; swallows it once our side has ended.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken)
    {
        var headerLength = FrameWriter.HeaderLength(chunk.Length);
        var start = chunk.Offset - headerLength;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_outputEnded)
                return;
            FrameWriter.WriteHeader(chunk.Buffer.AsSpan(start), Opcode.Binary, final: true, chunk.Length);
            await SendAsync(chunk.Buffer.AsMemory(start, headerLength + chunk.Length), cancellationToken);
            Traffic.CountSent(chunk.Length);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends the close frame, once, and ends our side (RFC 6455 section 5.5.1).</summary>
    /// <param name="code">1005 sends an empty one.</param>
    /// <param name="reason">Cut to 123 bytes.</param>
    /// <param name="cancellationToken">Gives up when the client takes nothing.</param>
    public async Task CloseAsync(int code, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await _writing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // An earlier write is stuck: the client takes nothing, so it can't be told anything either.
            return;
        }

        try
        {
            if (_outputEnded)
                return;
            _outputEnded = true;
            var frame = new byte[FrameWriter.MaxControlFrameLength];
            await SendAsync(frame.AsMemory(0, FrameWriter.WriteClose(frame, code, reason)), cancellationToken);
        }
        catch (Exception exception) when (Pump.IsConnectionEnd(exception))
        {
            // The reader sees the end of the connection and says so.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Waits for the client to close after our close frame (RFC 6455 section 7.1.1) and throws away what still comes. After a violation frames
    /// can't be told apart any more: there the end of the connection counts, or a read that is one whole close frame.
    /// </summary>
    public async Task AwaitCloseAsync(CancellationToken cancellationToken)
    {
        await Pump.RunAsync(this, NullSink.Instance, cancellationToken);
        if (End is not { Kind: ClientEndKind.Violation })
            return;

        while (await FillAsync(cancellationToken) && !FrameShape.IsWholeCloseFrame(_buffer.Array.AsSpan(_unreadStart, _unreadEnd - _unreadStart)))
            _unreadStart = _unreadEnd;
        _buffer.Release();
    }

    /// <summary>Cuts the connection and ends both sides; does nothing once the stream is let go, for its owner may use it for another by then.</summary>
    public void Abort()
    {
        _outputEnded = true;
        lock (_owner)
        {
            if (!_released)
                abort();
        }
    }

    /// <summary>Lets go of the stream, whose owner may now end it: when this returns nobody uses it, and nobody will.</summary>
    public async Task DetachAsync()
    {
        _detached = true;
        _outputEnded = true;
        if (End is null || _writing.CurrentCount == 0)
            Abort();
        await _writing.WaitAsync();
        await _reading.WaitAsync();
        _writing.Release();
        _reading.Release();
        lock (_owner)
            _released = true;
    }

    /// <summary>Sends a ping when one is due (RFC 6455 section 5.5.2); false when the client has shown no life for two intervals.</summary>
    public bool Heartbeat()
    {
        if (_outputEnded)
            return true;
        if (_pulse.HasStopped)
            return false;

        if (_pulse.IsPingDue && _writing.Wait(0))
        {
            _pulse.Pinged();
            _ = PingAsync();
        }

        return true;
    }

    /// <summary>
    /// Gathers the payload of all frames in the buffer up to the first event that is not data. Pings that come before any payload are
    /// answered in their place, together.
    /// </summary>
    private PumpChunk DecodeChunk()
    {
        var start = 0;
        var length = 0;
        AnswerWaitingPing();
        while (_waitingEvent.Kind == DecodeKind.NeedMore && _unreadStart < _unreadEnd)
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
                Traffic.CountReceived(result.PayloadLength, result.EndOfMessage);
            }
            else
            {
                (_waitingEvent, _waitingEventStart) = (result, _unreadStart);
                if (result.Kind == DecodeKind.NeedMore)
                    break;
                if (length == 0)
                    AnswerWaitingPing();
            }

            _unreadStart += result.Consumed;
        }

        return length == 0 ? PumpChunk.End : new PumpChunk(_buffer.Array!, start, length);
    }

    /// <summary>Turns a ping into its pong where it lies, behind the pongs before it: a client's frame is longer by its mask.</summary>
    private void AnswerWaitingPing()
    {
        if (_waitingEvent.Kind == DecodeKind.Ping)
        {
            var array = _buffer.Array!;
            if (_pongsEnd == 0)
                (_pongsStart, _pongsEnd) = (_waitingEventStart, _waitingEventStart);
            var payload = array.AsSpan(_waitingEventStart + _waitingEvent.PayloadOffset, _waitingEvent.PayloadLength);
            _pongsEnd += FrameWriter.WriteControl(array.AsSpan(_pongsEnd), Opcode.Pong, payload);
        }

        if (_waitingEvent.Kind is DecodeKind.Ping or DecodeKind.Pong)
            _waitingEvent = default;
    }

    private void HandleWaitingEvent()
    {
        var received = _waitingEvent;
        if (received.Kind == DecodeKind.Close)
        {
            var reason = _buffer.Array.AsSpan(_waitingEventStart + received.PayloadOffset, received.PayloadLength);
            Finish(new ClientEnd(ClientEndKind.Closed, received.CloseCode, Detail: Encoding.UTF8.GetString(reason)));
        }
        else if (received.Kind == DecodeKind.Error)
        {
            Finish(ClientEnd.OfViolation(received));
        }
    }

    /// <summary>Waits for bytes and reads them behind what is left over; false when there will be no more.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _waitingEvent = default;
        StashRemainder();
        _pulse.Beat();
        if (!await TakeReadingAsync(cancellationToken))
            return false;
        try
        {
            _pulse.ReaderWaits = true;
            if (_detached)
                return false;
            _ = await stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
            var array = UnstashRemainder();
            var count = await stream.ReadAsync(array.AsMemory(_unreadEnd, PumpChunk.Headroom + readSize - _unreadEnd), cancellationToken);
            _unreadEnd += count;
            _pulse.Beat();
            return count > 0;
        }
        catch (Exception exception) when (Pump.IsConnectionEnd(exception))
        {
            return false;
        }
        finally
        {
            _pulse.ReaderWaits = false;
            _reading.Release();
        }
    }

    private async ValueTask<bool> TakeReadingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _reading.WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void StashRemainder()
    {
        var remainder = _unreadEnd - _unreadStart;
        if (remainder > 0)
        {
            _stash = ArrayPool<byte>.Shared.Rent(StashSize);
            _buffer.Array.AsSpan(_unreadStart, remainder).CopyTo(_stash);
        }

        (_unreadStart, _unreadEnd) = (PumpChunk.Headroom, PumpChunk.Headroom + remainder);
        _buffer.Release();
    }

    private byte[] UnstashRemainder()
    {
        var array = _buffer.Rent(readSize);
        if (_stash is { } stash)
        {
            stash.AsSpan(0, _unreadEnd - _unreadStart).CopyTo(array.AsSpan(_unreadStart));
            ArrayPool<byte>.Shared.Return(stash);
            _stash = null;
        }

        return array;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendPongsAsync(CancellationToken cancellationToken)
    {
        var pongs = _buffer.Array.AsMemory(_pongsStart, _pongsEnd - _pongsStart);
        (_pongsStart, _pongsEnd) = (0, 0);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!_outputEnded)
                await SendAsync(pongs, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends a ping; the caller has taken the turn to write, and it is given back here.</summary>
    private async Task PingAsync()
    {
        try
        {
            // Looked at again: our side may have ended between the look and the turn.
            if (!_outputEnded)
                await SendAsync(PingFrame, CancellationToken.None);
        }
        catch (Exception exception) when (Pump.IsConnectionEnd(exception))
        {
            // The reader sees the end of the connection and says so.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>A write that had to wait and then went through shows life as well as a frame from the client does.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        var write = stream.WriteAsync(frame, cancellationToken);
        if (write.IsCompletedSuccessfully)
        {
            write.GetAwaiter().GetResult();
            return;
        }

        _pulse.WriteWaits();
        try
        {
            await write;
            _pulse.Beat();
        }
        finally
        {
            _pulse.WriteEnded();
        }
    }

    private static byte[] Frame(Opcode opcode)
    {
        var frame = new byte[FrameWriter.HeaderLength(0)];
        FrameWriter.WriteHeader(frame, opcode, final: true, payloadLength: 0);
        return frame;
    }

    private void Finish(ClientEnd end)
    {
        End ??= end;
        _buffer.Release();
        if (_stash is { } stash)
            ArrayPool<byte>.Shared.Return(stash);
        _stash = null;
        (_unreadStart, _unreadEnd) = (0, 0);
    }
}
