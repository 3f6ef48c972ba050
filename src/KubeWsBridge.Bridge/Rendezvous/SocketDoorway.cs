using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>Accepts workers by .NET's sockets: any system.</summary>
internal sealed class SocketDoorway(Socket listening) : IDoorway
{
    /// <inheritdoc/>
    public async ValueTask<IStranger> AcceptAsync(CancellationToken cancellationToken)
    {
        var socket = await listening.AcceptAsync(cancellationToken);
        if (socket.AddressFamily != AddressFamily.Unix)
            socket.NoDelay = true;
        return new Stranger(socket);
    }

    /// <inheritdoc/>
    public void Dispose() => listening.Dispose();

    private sealed class Stranger(Socket socket) : IStranger
    {
        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);

        public Arrival Introduce(Hello hello, byte[] firstBytes)
        {
            // From here on reads must not wait: BackConnection asks first and waits without a buffer.
            socket.Blocking = false;
            return new Arrival(socket, hello, firstBytes);
        }

        public void Dispose() => socket.Dispose();
    }
}
