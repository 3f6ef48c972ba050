using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Linux;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>The way from the worker to its client, and everything else the client is sent: pongs, pings, what the worker prints, the close frame.</summary>
/// <remarks>While the client has no room nothing more is taken from anybody; what waits is at most one chunk and the pongs of one read.</remarks>
internal sealed class WorkerToClient(
    SocketEnd client, SocketEnd worker, byte[] buffer, int readSize, Pulse pulse, Traffic traffic, WorkerPace? pace, FramesToClient? frames)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PrintedChunk? _printed;
    private ClosingFrame? _closing;
    private bool _ended;
    private bool _sourceEnded;
    private bool _left;
    private bool _waited;
    private bool _pongsQueued;
    private bool _clientEnded;

    /// <summary>Completes when nothing more comes from the worker, or nothing more can go to the client.</summary>
    public Task Done => _done.Task;

    /// <summary>How the worker said that its output is over, if it did.</summary>
    public WorkerEnd? WorkerEnd => frames?.End;

    /// <summary>Whether a client that has ended its direction may still take what it is sent.</summary>
    public bool ClientListens
    {
        get => field && !client.IsBroken;
        set;
    }

    /// <summary>Whether pongs wait for room, so that the client must not be read: it could ask for ever more of them.</summary>
    public bool PongsWait => _pongsQueued && client.IsBlocked;

    /// <summary>Forwards what came with the worker's hello line.</summary>
    public void Start(ReadOnlySpan<byte> received)
    {
        if (!received.IsEmpty)
        {
            received.CopyTo(buffer.AsSpan(PumpChunk.Headroom));
            Take(received.Length);
        }

        Settle();
    }

    /// <summary>Receives once; each read is one binary message, unless the worker's frames say otherwise.</summary>
    public void OnReadable()
    {
        var count = worker.Receive(FreeBuffer());
        if (count == -Errno.Again)
            return;

        if (count > 0)
        {
            if (pace?.Arrive(count) == true)
                worker.Socket.AcknowledgeNow();
            Take(count);
        }
        else
        {
            EndSource();
        }

        Settle();
    }

    /// <summary>Sends a chunk the worker has printed, when it is its turn.</summary>
    public void Print(PrintedChunk chunk)
    {
        _printed = chunk;
        Settle();
    }

    /// <summary>Sends the close frame, when it is its turn.</summary>
    public void Close(ClosingFrame frame)
    {
        if (_closing is { } first)
            frame.Follow(first);
        else
            _closing = frame;
        Settle();
    }

    /// <summary>Sends a ping unless something waits already.</summary>
    public void Ping()
    {
        if (!_ended && !client.IsBlocked)
            SendControl(Opcode.Ping, []);
        Settle();
    }

    /// <summary>Answers a ping, together with others.</summary>
    public void QueuePong(ReadOnlySpan<byte> payload)
    {
        if (_ended)
            return;
        Span<byte> frame = stackalloc byte[FrameWriter.MaxControlFrameLength];
        client.Queue(frame[..FrameWriter.WriteControl(frame, Opcode.Pong, payload)]);
        _pongsQueued = true;
    }

    /// <summary>Sends the pongs, as far as there is room.</summary>
    public void FlushPongs()
    {
        if (!_pongsQueued)
            return;
        client.Flush();
        Settle();
    }

    /// <summary>The client has said its last word, so nothing is left to learn of it when it can't be sent anything either.</summary>
    public void ClientEnded()
    {
        if (_clientEnded)
            return;
        _clientEnded = true;
        Settle();
    }

    /// <summary>The worker's socket is closed.</summary>
    public void DropWorker()
    {
        EndSource();
        Settle();
    }

    /// <summary>The client's socket is no longer ours: what the worker still says is read and thrown away.</summary>
    public void Leave()
    {
        (_ended, _left) = (true, true);
        Settle();
    }

    /// <summary>Looks anew at who waits for whom.</summary>
    public void Settle()
    {
        var blocked = !_left && client.IsBlocked;
        if (!blocked)
            blocked = TakeTurns();

        if (blocked != _waited)
            NoteWait(blocked);
        if (!blocked)
            _pongsQueued = false;
        var broken = !_left && client.IsBroken;
        if ((broken && _clientEnded) || (_sourceEnded && !blocked))
            _done.TrySetResult();

        var reads = !_sourceEnded && !blocked && !broken;
        if (reads != worker.Reads)
            worker.Read(reads);
    }

    private bool IsBlocked => !_left && client.IsBlocked;

    /// <summary>Sends what others wait to have sent; true when that filled the client up.</summary>
    private bool TakeTurns()
    {
        var insideMessage = frames is { IsInsideMessage: true } && !_ended;
        if (_printed is { } printed && (!insideMessage || _sourceEnded))
        {
            if (!printed.IsSent && !insideMessage)
                Forward(printed.Chunk.Buffer, printed.Chunk.Offset, printed.Chunk.Length);
            printed.IsSent = true;
            if (IsBlocked)
                return true;
            _printed = null;
            printed.Done.TrySetResult();
        }

        if (_closing is { } closing)
        {
            if (!_ended)
            {
                client.Send(closing.Bytes);
                closing.IsSent = true;
            }

            _ended = true;
            if (IsBlocked)
                return true;
            _closing = null;
            closing.Done.TrySetResult(closing.IsSent && !_left && !client.IsBroken);
        }

        return false;
    }

    private Span<byte> FreeBuffer()
    {
        var start = PumpChunk.Headroom + (frames?.Stashed ?? 0);
        return buffer.AsSpan(start, Math.Min(readSize, buffer.Length - start));
    }

    /// <summary>Passes on what was received into the buffer.</summary>
    private void Take(int count)
    {
        if (frames is null)
            Forward(buffer, PumpChunk.Headroom, count);
        else if (!_ended && !client.IsBroken)
            Forward(frames, count);
    }

    private void Forward(FramesToClient source, int count)
    {
        count += source.Stashed;
        source.Unstash(buffer.AsSpan(PumpChunk.Headroom));
        var made = source.Translate(buffer, PumpChunk.Headroom, count);
        if (made.Length > 0)
        {
            client.Send(buffer.AsSpan(made.Start, made.Length));
            traffic.CountSent(made.PayloadLength, made.Messages);
        }

        _sourceEnded = source.End is not null;
    }

    private void EndSource()
    {
        if (!_sourceEnded)
            frames?.EndOfOutput();
        _sourceEnded = true;
    }

    /// <summary>Puts the header in front of the payload and sends both; the array has room for it there.</summary>
    private void Forward(byte[] array, int offset, int length)
    {
        if (_ended || client.IsBroken)
            return;
        var start = offset - FrameWriter.HeaderLength(length);
        FrameWriter.WriteHeader(array.AsSpan(start), Opcode.Binary, final: true, length);
        client.Send(array.AsSpan(start, offset + length - start));
        traffic.CountSent(length, messages: 1);
    }

    private void SendControl(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[FrameWriter.MaxControlFrameLength];
        client.Send(frame[..FrameWriter.WriteControl(frame, opcode, payload)]);
    }

    private void NoteWait(bool waits)
    {
        _waited = waits;
        if (waits)
        {
            pulse.WriteWaits();
            return;
        }

        pulse.WriteEnded();
        pulse.Beat();
    }
}
