using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using KubeWsBridge.Bridge.Linux;
using Microsoft.AspNetCore.Connections;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>A client's connection while the server speaks HTTP on it; afterwards its socket can go on without the server.</summary>
internal sealed class SocketConnection : DefaultConnectionContext, IConnectionHandOver, IDuplexPipe
{
    private readonly CancellationTokenSource _closed = new();
    private readonly SocketDescriptor _socket;
    private readonly SocketReadiness _readiness;
    private int _gone;

    /// <summary>Takes the socket over.</summary>
    /// <exception cref="IOException">The kernel has no room for another watch; the socket stays the caller's.</exception>
    public SocketConnection(SocketDescriptor socket, IPEndPoint? peer, string id)
        : base(id)
    {
        _socket = socket;
        _readiness = new SocketReadiness(socket, EpollLoop.Shared, OnPeerEnded);
        var stream = new SocketStream(socket, _readiness);
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        (Transport, RemoteEndPoint, LocalEndPoint, ConnectionClosed) = (this, peer, KernelAddress.OfLocalEnd(socket), _closed.Token);
        Features.Set<IConnectionHandOver>(this);
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <inheritdoc/>
    public SocketDescriptor? Take(out byte[] unread)
    {
        unread = [];
        if (Interlocked.Exchange(ref _gone, 1) != 0)
            return null;

        // Before the next owner registers the socket with a loop of its own.
        _readiness.Dispose();
        Input.CancelPendingRead(); // or what was looked at without being consumed would stay behind
        if (Input.TryRead(out var read))
        {
            unread = read.Buffer.ToArray();
            Input.AdvanceTo(read.Buffer.End);
        }

        return _socket;
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (Volatile.Read(ref _gone) == 0)
            _socket.Shutdown(SocketCalls.ShutBoth);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        if (Interlocked.Exchange(ref _gone, 1) == 0)
        {
            _readiness.Dispose();
            _socket.Shutdown(SocketCalls.ShutBoth);
            _socket.Dispose();
        }

        await _closed.CancelAsync();
        await base.DisposeAsync();
    }

    // On the loop's thread, which must not run what others have registered for this.
    private void OnPeerEnded() => ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), _closed, preferLocal: false);
}
