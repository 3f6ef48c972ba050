using System.Net.Sockets;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Conformance.Transports;

/// <summary>HTTP/1.1 with Upgrade on a raw socket (RFC 6455 section 4).</summary>
public sealed class TcpTransport : IConformanceTransport
{
    /// <inheritdoc/>
    public string Name => "HTTP/1.1";

    /// <inheritdoc/>
    public async Task<IConformanceConnection> ConnectAsync(int port) => new Connection(await RawClient.ConnectAsync(port));

    private sealed class Connection(RawClient client) : IConformanceConnection
    {
        public async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            while (bytes.Length > 0)
                bytes = bytes[await Ending(client.Socket.SendAsync(bytes))..];
        }

        public Task<int> ReceiveAsync(Memory<byte> buffer) => Ending(client.Socket.ReceiveAsync(buffer));

        /// <remarks>
        /// Only the half-close: a frame sent after the server has closed would be answered with a reset, and the test could not tell that
        /// one from a reset that the server is to blame for.
        /// </remarks>
        public Task AcceptCloseAsync()
        {
            try
            {
                client.Socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // Reset already, which the reader reports.
            }

            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => client.DisposeAsync();

        private static async Task<int> Ending(ValueTask<int> operation)
        {
            try
            {
                return await operation.AsTask().WaitAsync(RawClient.Patience);
            }
            catch (SocketException exception)
            {
                throw new IOException(exception.Message, exception);
            }
        }
    }
}
