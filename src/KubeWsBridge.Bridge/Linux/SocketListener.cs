using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Linux;

/// <summary>A listening socket that gives plain descriptors.</summary>
internal sealed class SocketListener : IDisposable
{
    private readonly SocketDescriptor _socket;
    private readonly SocketReadiness _readiness;

    /// <summary>Takes over a socket that is bound and listens, and was never waited for.</summary>
    public SocketListener(Socket listening)
    {
        _socket = SocketDescriptor.TakeFrom(listening);
        _readiness = new SocketReadiness(_socket, EpollLoop.Shared);
    }

    /// <summary>Waits for a connection.</summary>
    /// <returns>It, and its peer's address if it has one.</returns>
    /// <exception cref="IOException">None can be accepted now, for example for want of descriptors; wait a little before the next try.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The listener is closed.</exception>
    public async ValueTask<(SocketDescriptor Socket, IPEndPoint? Peer)> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAccept(out var accepted, out var peer))
                return (accepted!, peer);
            await _readiness.Readable.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readiness.Dispose();
        _socket.Dispose();
    }

    private unsafe bool TryAccept(out SocketDescriptor? accepted, out IPEndPoint? peer)
    {
        (accepted, peer) = (null, null);
        var address = stackalloc byte[KernelAddress.MaxSize];
        while (true)
        {
            var length = KernelAddress.MaxSize;
            var descriptor = SocketCalls.accept4(_socket, address, &length, SocketCalls.NonBlocking | SocketCalls.CloseOnExec);
            if (descriptor >= 0)
            {
                accepted = new SocketDescriptor(descriptor);
                peer = KernelAddress.Read(new ReadOnlySpan<byte>(address, length));
                return true;
            }

            switch (Errno.Last)
            {
                case Errno.Again:
                    return false;
                case Errno.Interrupted or Errno.ConnectionAborted:
                    continue; // who gave up while waiting to be accepted is no error of ours
                default:
                    throw new IOException(Errno.Text(Errno.Last));
            }
        }
    }
}
