using System.Net.Sockets;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>Accepts workers as plain descriptors, which a loop can take over: Linux.</summary>
internal sealed class DescriptorDoorway : IDoorway
{
    private readonly SocketListener _listener;
    private readonly bool _isTcp;

    /// <summary>Takes over a listening socket that was never waited for.</summary>
    public DescriptorDoorway(Socket listening)
    {
        _isTcp = listening.AddressFamily != AddressFamily.Unix;
        _listener = new SocketListener(listening);
    }

    /// <inheritdoc/>
    public async ValueTask<IStranger> AcceptAsync(CancellationToken cancellationToken)
    {
        var (socket, _) = await _listener.AcceptAsync(cancellationToken);
        try
        {
            if (_isTcp)
                socket.SetNoDelay();
            return new Stranger(socket, _isTcp);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private sealed class Stranger(SocketDescriptor socket, bool isTcp) : IStranger
    {
        private readonly SocketReadiness _readiness = new(socket, EpollLoop.Shared);

        public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            while (true)
            {
                var count = socket.Receive(buffer.Span);
                if (count >= 0)
                    return count;
                if (count != -Errno.Again)
                    throw new IOException(Errno.Text(-count));
                await _readiness.Readable.WaitAsync(cancellationToken);
            }
        }

        public Arrival Introduce(Hello hello, byte[] firstBytes)
        {
            _readiness.Dispose();
            return new Arrival(socket, isTcp, hello, firstBytes);
        }

        public void Dispose()
        {
            _readiness.Dispose();
            socket.Dispose();
        }
    }
}
