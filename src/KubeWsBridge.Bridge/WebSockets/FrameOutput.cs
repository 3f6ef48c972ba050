using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Our side of a client's connection: frames of several writers, one at a time, until the close frame.</summary>
/// <param name="stream">Where they go.</param>
/// <param name="turns">Keeps what is printed out of messages that are sent in pieces; null when there are none.</param>
/// <param name="traffic">Counts what is sent.</param>
/// <param name="pulse">Learns whether the client takes it.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle, and the last turn is taken after the end.")]
internal sealed class FrameOutput(Stream stream, MessageTurns? turns, Traffic traffic, Pulse pulse)
{
    private static readonly byte[] PingFrame = Frame(Opcode.Ping);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile bool _hasEnded;

    /// <summary>Whether nothing more is sent.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Whether a write is under way, and may be stuck.</summary>
    public bool IsBusy => _writing.CurrentCount == 0;

    /// <summary>Sends the chunk as one binary message, or the frames in it; swallows it once our side has ended.</summary>
    public ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken) =>
        turns is null ? SendMessageAsync(chunk, cancellationToken) : SendInTurnAsync(turns, chunk, cancellationToken);

    /// <summary>Sends frames as they are, uncounted.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendControlAsync(ReadOnlyMemory<byte> frames, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!_hasEnded)
                await SendAsync(frames, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends a ping, unless a write is under way.</summary>
    public void TryPing()
    {
        if (!_writing.Wait(0))
            return;
        pulse.Pinged();
        _ = PingAsync();
    }

    /// <summary>
    /// Sends the close frame, once, and ends our side (RFC 6455 section 5.5.1). True when it has gone out; false when it was given up, when the
    /// connection had ended, and when our side had.
    /// </summary>
    /// <param name="code">1005 sends an empty one.</param>
    /// <param name="reason">Cut to 123 bytes.</param>
    /// <param name="cancellationToken">Gives up when the client takes nothing.</param>
    public async Task<bool> CloseAsync(int code, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await _writing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // An earlier write is stuck: the client takes nothing, so it can't be told anything either.
            return false;
        }

        try
        {
            if (_hasEnded)
                return false;
            End();
            var frame = new byte[FrameWriter.MaxControlFrameLength];
            await SendAsync(frame.AsMemory(0, FrameWriter.WriteClose(frame, code, reason)), cancellationToken);
            return true;
        }
        catch (Exception exception) when (Pump.IsConnectionEnd(exception))
        {
            // The reader sees the end of the connection and says so.
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Nothing more is sent; what is under way may go on.</summary>
    public void End()
    {
        _hasEnded = true;
        turns?.End();
    }

    /// <summary>Waits until no write is under way; after <see cref="End"/> there will be none.</summary>
    public async Task WaitAsync()
    {
        await _writing.WaitAsync();
        _writing.Release();
    }

    private static byte[] Frame(Opcode opcode)
    {
        var frame = new byte[FrameWriter.HeaderLength(0)];
        FrameWriter.WriteHeader(frame, opcode, final: true, payloadLength: 0);
        return frame;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendInTurnAsync(MessageTurns turns, PumpChunk chunk, CancellationToken cancellationToken)
    {
        var ofMessages = chunk.Kind == ChunkKind.Frames;
        if (!await turns.TakeAsync(ofMessages, cancellationToken))
            return;
        try
        {
            await (ofMessages ? SendFramesAsync(chunk, cancellationToken) : SendMessageAsync(chunk, cancellationToken));
        }
        finally
        {
            turns.Give(chunk.GoesOn && !_hasEnded);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendFramesAsync(PumpChunk chunk, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_hasEnded)
                return;
            await SendAsync(chunk.Memory, cancellationToken);
            traffic.CountSent(chunk.PayloadLength, chunk.Messages);
        }
        finally
        {
            _writing.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendMessageAsync(PumpChunk chunk, CancellationToken cancellationToken)
    {
        var headerLength = FrameWriter.HeaderLength(chunk.Length);
        var start = chunk.Offset - headerLength;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_hasEnded)
                return;
            FrameWriter.WriteHeader(chunk.Buffer.AsSpan(start), Opcode.Binary, final: true, chunk.Length);
            await SendAsync(chunk.Buffer.AsMemory(start, headerLength + chunk.Length), cancellationToken);
            traffic.CountSent(chunk.Length, messages: 1);
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
            if (!_hasEnded)
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

        pulse.WriteWaits();
        try
        {
            await write;
            pulse.Beat();
        }
        finally
        {
            pulse.WriteEnded();
        }
    }
}
