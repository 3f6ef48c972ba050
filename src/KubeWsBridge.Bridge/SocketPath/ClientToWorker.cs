using System.Buffers;
using System.Text;
using KubeWsBridge.Bridge.Linux;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>The way from the client to its worker: receive, decode in place, send, all within one event.</summary>
/// <remarks>
/// Between events it holds at most a cut header or control frame, in an array of its own. When the worker has no room the rest of what was
/// received waits at its end, and the client is not read until it is gone.
/// </remarks>
internal sealed class ClientToWorker(
    SocketEnd client, SocketEnd worker, WorkerToClient replies, byte[] buffer, WebSocketOptions options, Pulse pulse, Traffic traffic,
    WorkerPace? pace, WorkerBatch? batch)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FrameDecoder _decoder = new(options.MaxPayloadSize);
    private TaskCompletionSource? _closeAwaited;
    private byte[]? _stash;
    private int _stashed;
    private bool _swallows;
    private bool _inputEnded;
    private bool _connectionEnded;
    private bool _left;
    private volatile ClientEnd? _end;

    /// <summary>Completes when nothing more goes to the worker.</summary>
    public Task Done => _done.Task;

    /// <summary>How the client's side ended; null while it has not, or while what came before has yet to go to the worker.</summary>
    public ClientEnd? End => _done.Task.IsCompleted ? _end : null;

    /// <summary>Whether the worker gets the payload bytes alone.</summary>
    public bool IsRaw => batch is null;

    /// <summary>Whether the client's side has ended, delivered or not.</summary>
    public bool HasEnded => _end is not null;

    /// <summary>Decodes what was received before the socket came here.</summary>
    public void Start(Span<byte> received)
    {
        if (!received.IsEmpty)
            Decode(received);
        Settle();
        if (!client.Reads && !_left)
            client.Read(false); // so that its end is heard of while it must wait from the start
    }

    /// <summary>Receives once.</summary>
    public void OnReadable()
    {
        var count = client.Receive(buffer.AsSpan(_stashed));
        if (count == -Errno.Again)
            return;

        if (count <= 0)
        {
            _connectionEnded = true;
            replies.ClientListens = count == 0;
            Finish(ClientEnd.Gone);
        }
        else if (_end is not null)
        {
            // After a violation: see IDataPath.AwaitCloseAsync.
            _connectionEnded = FrameShape.IsWholeCloseFrame(buffer.AsSpan(0, count));
        }
        else
        {
            pulse.Beat();
            Decode(Unstashed(count));
        }

        Settle();
    }

    /// <summary>Gives the worker end-of-file; what still comes from the client is thrown away.</summary>
    public void EndInput(int code, string reason)
    {
        var first = !_inputEnded;
        (_swallows, _inputEnded) = (true, true);
        if (batch is null)
            worker.EndOutput();
        else if (first)
            batch.Finish(code, reason);
        Settle();
    }

    /// <summary>Tells the worker of the end to come, unless its input has ended.</summary>
    public void AnnounceEnd(TimeSpan left)
    {
        if (_swallows || batch is null)
            return;
        pace?.Give();
        batch.AnnounceEnd(left);
        Settle();
    }

    /// <summary>Reads on, whatever becomes of the worker, until the client has ended.</summary>
    public void AwaitClose(TaskCompletionSource awaited)
    {
        _swallows = true;
        _closeAwaited = awaited;
        Settle();
    }

    /// <summary>The client's socket is no longer ours.</summary>
    public void Leave()
    {
        (_connectionEnded, _left) = (true, true);
        Finish(ClientEnd.Gone);
        _done.TrySetResult();
        Settle();
    }

    /// <summary>Looks anew at who waits for whom.</summary>
    public void Settle()
    {
        var workerGone = worker.IsBroken && !_swallows;
        if (workerGone || (_end is not null && (_swallows || !worker.IsBlocked)))
            _done.TrySetResult();

        // Only once our own end can be seen: whoever hears of the other way's end first would take it for the worker's doing.
        if (End is not null)
            replies.ClientEnded();

        var decoded = _end is { Kind: not ClientEndKind.Violation };
        if (_connectionEnded || decoded)
            _closeAwaited?.TrySetResult();

        var reads = !_connectionEnded && !decoded && !replies.PongsWait
            && (_end is null ? _swallows || !(worker.IsBlocked || worker.IsBroken) : _closeAwaited is not null);
        if (reads && !client.Reads)
            pulse.Beat(); // while nobody read, silence said nothing
        pulse.ReaderWaits = reads;
        if (reads != client.Reads && !_left)
            client.Read(reads);
    }

    private Span<byte> Unstashed(int received)
    {
        var length = _stashed + received;
        if (_stash is not null)
        {
            _stash.AsSpan(0, _stashed).CopyTo(buffer);
            DropStash();
        }

        return buffer.AsSpan(0, length);
    }

    private void Stash(ReadOnlySpan<byte> remainder)
    {
        _stash = ArrayPool<byte>.Shared.Rent(remainder.Length);
        remainder.CopyTo(_stash);
        _stashed = remainder.Length;
    }

    private void DropStash()
    {
        if (_stash is { } stash)
            ArrayPool<byte>.Shared.Return(stash);
        (_stash, _stashed) = (null, 0);
    }

    /// <summary>Moves the payload of all frames together, so that many small messages cost one system call.</summary>
    private void Decode(Span<byte> received)
    {
        var (at, start, length) = (0, 0, 0);
        while (at < received.Length && _end is null)
        {
            var rest = received[at..];
            var result = _decoder.Decode(rest);
            if (result.Kind == DecodeKind.NeedMore)
            {
                Stash(rest);
                break;
            }

            if (result.Kind == DecodeKind.Data && batch is not null)
            {
                if (!_swallows)
                    batch.Add(result.MessageType, rest.Slice(result.PayloadOffset, result.PayloadLength), result.EndOfMessage);
                traffic.CountReceived(result.PayloadLength, result.EndOfMessage);
            }
            else if (result.Kind == DecodeKind.Data)
            {
                if (length == 0)
                    start = at + result.PayloadOffset;
                else
                    rest.Slice(result.PayloadOffset, result.PayloadLength).CopyTo(received[(start + length)..]);
                length += result.PayloadLength;
                traffic.CountReceived(result.PayloadLength, result.EndOfMessage);
            }
            else
            {
                OnEvent(result, rest.Slice(result.PayloadOffset, result.PayloadLength));
            }

            at += result.Consumed;
        }

        if (batch is { IsEmpty: false })
        {
            pace?.Give();
            batch.Flush();
        }
        else if (length > 0 && !_swallows)
        {
            pace?.Give();
            worker.Send(received.Slice(start, length));
        }

        replies.FlushPongs();
    }

    private void OnEvent(in DecodeResult received, ReadOnlySpan<byte> payload)
    {
        if (received.Kind is DecodeKind.Ping or DecodeKind.Pong && !_swallows)
            batch?.AddControl(received.Kind == DecodeKind.Ping ? Opcode.Ping : Opcode.Pong, payload);
        if (received.Kind == DecodeKind.Ping)
            replies.QueuePong(payload);
        else if (received.Kind == DecodeKind.Close)
            Finish(new ClientEnd(ClientEndKind.Closed, received.CloseCode, Detail: Encoding.UTF8.GetString(payload)));
        else if (received.Kind == DecodeKind.Error)
            Finish(ClientEnd.OfViolation(received));
    }

    private void Finish(ClientEnd end)
    {
        _end ??= end;
        DropStash();
    }
}
