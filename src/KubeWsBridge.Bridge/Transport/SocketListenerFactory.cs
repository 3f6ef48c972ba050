using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>Kestrel's way to its connections when sessions are to take their sockets along (Linux).</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="loggers">For what goes wrong.</param>
/// <param name="places">The places for connections; who finds none waits in the kernel's queue. Null for no limit.</param>
public sealed class SocketListenerFactory(TimeProvider timeProvider, ILoggerFactory loggers, IConnectionPlaces? places = null)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Whether this system has what it takes.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Takes plain addresses; one with a type of its own means connections that keep their sockets.</summary>
    public bool CanBind(EndPoint endpoint) => endpoint.GetType() == typeof(IPEndPoint);

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new SocketConnectionListener((IPEndPoint)endpoint, places, timeProvider, loggers.CreateLogger("KubeWsBridge.Transport")));
}
