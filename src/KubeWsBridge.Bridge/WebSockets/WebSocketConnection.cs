using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>
/// A client's end of a session over any stream: payload bytes of text and binary messages as they come in, or with <c>turns</c> one
/// chunk for each piece of a message; one binary message for each chunk out, unless it holds frames. Reading, answering pings and watching for
/// the close frame are one thing, so somebody must always be reading.
/// </summary>
/// <remarks>One reader at a time; writers take turns. An idle connection holds no buffer: it waits in a zero-byte read.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle, and the last turn is taken after the end.")]
internal sealed class WebSocketConnection : IPumpSource, IPumpSink
{
    private readonly Stream _stream;
    private readonly Action _abort;
    private readonly DeliveryGauge _gauge;
    private readonly MessageTurns? _turns;
    private readonly Pulse _pulse;
    private readonly FrameIntake _intake;
    private readonly FrameOutput _output;
    private readonly Lock _owner = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile bool _detached;
    private bool _released;

    /// <param name="stream">The upgraded connection.</param>
    /// <param name="abort">Cuts it.</param>
    /// <param name="options">Limits and intervals.</param>
    /// <param name="readSize">The most that is read at once, in bytes.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="gauge">Tells how much the client has taken.</param>
    /// <param name="turns">For workers that frame their messages; null for others.</param>
    public WebSocketConnection(
        Stream stream, Action abort, WebSocketOptions options, int readSize, TimeProvider timeProvider, DeliveryGauge gauge = default,
        MessageTurns? turns = null)
    {
        (_stream, _abort, _gauge, _turns) = (stream, abort, gauge, turns);
        _pulse = new Pulse(options.HeartbeatInterval, timeProvider);
        _intake = new FrameIntake(options.MaxPayloadSize, readSize, Traffic);
        _output = new FrameOutput(stream, turns, Traffic, _pulse);
    }

    /// <summary>How the client's side ended; null while it has not.</summary>
    public ClientEnd? End { get; private set; }

    /// <summary>Bytes and messages both ways.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Grows as long as the client takes what it is sent; only its changes mean something.</summary>
    public long Progress => Traffic.BytesSent + _gauge.Acknowledged;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PumpChunk> ReadAsync(CancellationToken cancellationToken)
    {
        while (End is null)
        {
            var chunk = _turns is null ? _intake.TakePayload() : _intake.TakePiece();
            if (_intake.HasPongs)
                await _output.SendControlAsync(_intake.TakePongs(), cancellationToken);
            if (!chunk.IsEnd)
                return chunk;

            if (_intake.Event.Kind != DecodeKind.NeedMore)
                Handle(_intake.Event);
            else if (!await FillAsync(cancellationToken))
                Finish(ClientEnd.Gone);
        }

        return PumpChunk.End;
    }

    /// <inheritdoc cref="FrameOutput.WriteAsync"/>
    public ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken) => _output.WriteAsync(chunk, cancellationToken);

    /// <inheritdoc cref="FrameOutput.CloseAsync"/>
    public Task<bool> CloseAsync(int code, string reason, CancellationToken cancellationToken) => _output.CloseAsync(code, reason, cancellationToken);

    /// <summary>
    /// Waits for the client to close after our close frame (RFC 6455 section 7.1.1) and throws away what still comes. After a violation frames
    /// can't be told apart any more: there the end of the connection counts, or a read that is one whole close frame.
    /// </summary>
    public async Task AwaitCloseAsync(CancellationToken cancellationToken)
    {
        await Pump.RunAsync(this, NullSink.Instance, cancellationToken);
        if (End is not { Kind: ClientEndKind.Violation })
            return;

        while (await FillAsync(cancellationToken) && !FrameShape.IsWholeCloseFrame(_intake.Unread))
            _intake.Discard();
        _intake.Release();
    }

    /// <summary>No more frames come: a message that is unfinished will stay so, and what is printed does not wait for its end.</summary>
    public void EndMessages() => _turns?.End();

    /// <summary>Cuts the connection and ends both sides; does nothing once the stream is let go, for its owner may use it for another by then.</summary>
    public void Abort()
    {
        _output.End();
        lock (_owner)
        {
            if (!_released)
                _abort();
        }
    }

    /// <summary>Lets go of the stream, whose owner may now end it: when this returns nobody uses it, and nobody will.</summary>
    public async Task DetachAsync()
    {
        _detached = true;
        _output.End();
        if (End is null || _output.IsBusy)
            Abort();
        await _output.WaitAsync();
        await _reading.WaitAsync();
        _reading.Release();
        lock (_owner)
            _released = true;
    }

    /// <summary>Sends a ping when one is due (RFC 6455 section 5.5.2); false when the client has shown no life for two intervals.</summary>
    public bool Heartbeat()
    {
        if (_output.HasEnded)
            return true;
        if (_pulse.HasStopped)
            return false;

        if (_pulse.IsPingDue)
            _output.TryPing();
        return true;
    }

    private void Handle(in DecodeResult received)
    {
        if (received.Kind == DecodeKind.Close)
            Finish(new ClientEnd(ClientEndKind.Closed, received.CloseCode, Detail: Encoding.UTF8.GetString(_intake.EventPayload)));
        else if (received.Kind == DecodeKind.Error)
            Finish(ClientEnd.OfViolation(received));
    }

    private void Finish(ClientEnd end)
    {
        End ??= end;
        _intake.Release();
    }

    /// <summary>Waits for bytes and reads them behind what is left over; false when there will be no more.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _intake.Rest();
        _pulse.Beat();
        if (!await TakeReadingAsync(cancellationToken))
            return false;
        try
        {
            _pulse.ReaderWaits = true;
            if (_detached)
                return false;
            _ = await _stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
            var count = await _stream.ReadAsync(_intake.Room(), cancellationToken);
            _intake.Add(count);
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
}
