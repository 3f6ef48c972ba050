using System.Net;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Linux;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>Accepts clients for the server under HTTP, each a socket of our own; only while there is a place.</summary>
internal sealed class SocketConnectionListener : IConnectionListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource _unbound = new();
    private readonly SocketListener _listener;
    private readonly IConnectionPlaces? _places;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private long _lastId;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    /// <exception cref="SocketException">The address can't be bound for another reason.</exception>
    public SocketConnectionListener(IPEndPoint address, IConnectionPlaces? places, TimeProvider timeProvider, ILogger logger)
    {
        (_places, _timeProvider, _logger) = (places, timeProvider, logger);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(address);
            socket.Listen(4096);
            EndPoint = socket.LocalEndPoint!;
            _listener = new SocketListener(socket);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                throw new AddressInUseException(exception.Message, exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                if (_places is not null)
                    await _places.WaitForConnectionAsync(_unbound.Token);
                return await AcceptOneAsync();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return null;
            }
            catch (IOException exception)
            {
                // Out of descriptors, because of others: it passes, and the pause keeps us from spinning until then.
                TransportLog.AcceptFailed(_logger, exception.Message);
                await Task.Delay(Pause, _timeProvider, CancellationToken.None);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        _listener.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnbindAsync();

    private async ValueTask<SocketConnection> AcceptOneAsync()
    {
        var socket = default(SocketDescriptor);
        try
        {
            (socket, var peer) = await _listener.AcceptAsync(_unbound.Token);
            socket.SetNoDelay();
            var connection = new SocketConnection(socket, peer, $"{++_lastId}");
            if (_places is { } places)
                socket.OnClosed(places.ReleaseConnection);
            return connection;
        }
        catch
        {
            socket?.Dispose();
            _places?.ReleaseConnection();
            throw;
        }
    }
}
