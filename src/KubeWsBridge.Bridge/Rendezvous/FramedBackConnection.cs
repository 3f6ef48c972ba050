using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The worker's end of a session in <c>messages</c> framing: gives WebSocket frames, and takes messages in pieces.</summary>
/// <remarks>The pump, a drain and the session's end may write at the same time and take turns, so that no frame lands in another.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle, and the last turn is taken after the end.")]
internal sealed class FramedBackConnection : IWorkerConnection
{
    /// <summary>How long a worker may take to make room for the last frame, before it gets end-of-file without.</summary>
    private static readonly TimeSpan LastFramePatience = TimeSpan.FromSeconds(1);

    private readonly BackConnection _bytes;
    private readonly TimeProvider _timeProvider;
    private readonly int _capacity;
    private readonly FramesToClient _toClient = new();
    private readonly FramesToWorker _toWorker;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private PumpBuffer _outgoing;
    private int _length;
    private int _endsInput;
    private volatile bool _inputEnded;

    /// <summary>Takes the arrival over.</summary>
    /// <param name="arrival">A worker that speaks it.</param>
    /// <param name="readSize">Most bytes of one read, and about the longest piece that is written.</param>
    /// <param name="timeProvider">The clock.</param>
    public FramedBackConnection(Arrival arrival, int readSize, TimeProvider timeProvider)
    {
        _bytes = new BackConnection(arrival, readSize, timeProvider, WorkerFrameDecoder.MaxRemainder);
        _toWorker = new FramesToWorker(arrival.Hello.WantsPings, timeProvider);
        (_timeProvider, _capacity) = (timeProvider, PumpChunk.Headroom + readSize + 2 * FramesToWorker.Reserve);
    }

    /// <inheritdoc/>
    public WorkerEnd? End => _toClient.End;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PumpChunk> ReadAsync(CancellationToken cancellationToken)
    {
        while (_toClient.End is null)
        {
            var received = await _bytes.ReadAsync(cancellationToken);
            if (received.IsEnd)
                break;

            var stashed = _toClient.Stashed;
            var start = received.Offset - stashed;
            _toClient.Unstash(received.Buffer.AsSpan(start));
            var made = _toClient.Translate(received.Buffer, start, stashed + received.Length);
            if (made.Length > 0)
                return new PumpChunk(received.Buffer, made.Start, made.Length)
                {
                    Kind = ChunkKind.Frames,
                    GoesOn = _toClient.IsInsideMessage,
                    PayloadLength = made.PayloadLength,
                    Messages = made.Messages,
                };
        }

        return PumpChunk.End;
    }

    /// <inheritdoc/>
    public void OutputEnded()
    {
        _toClient.EndOfOutput();
        _bytes.OutputEnded();
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(PumpChunk chunk, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_inputEnded)
                return;
            if (_length > 0 && _length + chunk.Length + FramesToWorker.Reserve > _capacity)
                await FlushAsync(cancellationToken);
            Add(chunk);
            if (!chunk.MoreAtHand)
                await FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public bool CanAnnounceEnd => true;

    /// <inheritdoc/>
    public bool AnnounceEnd(TimeSpan left)
    {
        _ = WriteOwnAsync(() => _toWorker.WriteDrain(Free, left));
        return true;
    }

    /// <inheritdoc/>
    public void EndInput(int code, string reason)
    {
        if (Interlocked.Exchange(ref _endsInput, 1) == 0)
            _ = EndInputAsync(code, reason);
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private Span<byte> Free => _outgoing.Rent(_capacity).AsSpan(_length);

    private async Task EndInputAsync(int code, string reason)
    {
        var written = WriteOwnAsync(() =>
        {
            var length = FramesToWorker.WriteClose(Free, code, reason);
            _inputEnded = true;
            return length;
        });
        await written.EndsWithin(LastFramePatience, _timeProvider);
        _inputEnded = true;
        _bytes.EndInput(code, reason);
    }

    private void Add(in PumpChunk chunk)
    {
        var payload = chunk.Memory.Span;
        _length += chunk.Kind switch
        {
            ChunkKind.Text => _toWorker.WriteData(Free, Opcode.Text, payload, !chunk.GoesOn),
            ChunkKind.Binary => _toWorker.WriteData(Free, Opcode.Binary, payload, !chunk.GoesOn),
            ChunkKind.Ping => _toWorker.WriteControl(Free, Opcode.Ping, payload),
            ChunkKind.Pong => _toWorker.WriteControl(Free, Opcode.Pong, payload),
            _ => throw new ArgumentOutOfRangeException(nameof(chunk), chunk.Kind, "A worker in messages framing takes pieces of messages."),
        };
    }

    /// <summary>Writes a frame that is no client's, in its turn.</summary>
    private async Task WriteOwnAsync(Func<int> write)
    {
        await _writing.WaitAsync();
        try
        {
            if (_inputEnded)
                return;
            if (_length + FramesToWorker.Reserve > _capacity)
                await FlushAsync(CancellationToken.None);
            _length += write();
            await FlushAsync(CancellationToken.None);
        }
        catch (Exception exception) when (Pump.IsConnectionEnd(exception))
        {
            // The worker was faster: there is nobody left to tell.
        }
        finally
        {
            _writing.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_length > 0)
                await _bytes.WriteAsync(new PumpChunk(_outgoing.Array!, 0, _length), cancellationToken);
        }
        finally
        {
            _length = 0;
            _outgoing.Release();
        }
    }
}
