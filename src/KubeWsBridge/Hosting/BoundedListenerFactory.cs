using System.Net;
using KubeWsBridge.Bridge.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KubeWsBridge.Hosting;

/// <summary>Kestrel's sockets, accepting only while there is a place; who comes meanwhile waits in the kernel's queue.</summary>
/// <remarks>
/// Kestrel's own limit of connections closes those above it after it has accepted them. In a burst it accepts faster than it closes, runs out of
/// descriptors all the same, and then tries to accept again and again without a pause.
/// </remarks>
internal sealed class BoundedListenerFactory(IConnectionPlaces places, IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is not SilentEndPoint && _sockets.CanBind(endpoint);

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await _sockets.BindAsync(endpoint, cancellationToken), places);

    private sealed class Listener(IConnectionListener sockets, IConnectionPlaces places) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();

        public EndPoint EndPoint => sockets.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await places.WaitForConnectionAsync(_unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            var connection = await sockets.AcceptAsync(cancellationToken);
            if (connection is null)
                places.ReleaseConnection();
            else
                connection.ConnectionClosed.UnsafeRegister(static places => ((IConnectionPlaces)places!).ReleaseConnection(), places);
            return connection;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await _unbound.CancelAsync();
            await sockets.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _unbound.CancelAsync();
            await sockets.DisposeAsync();
        }
    }
}
