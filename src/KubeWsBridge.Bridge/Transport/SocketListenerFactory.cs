using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>Kestrel's way to its connections when sessions are to take their sockets along (Linux).</summary>
/// <param name="places">Most connections at a time; who comes meanwhile waits in the kernel's queue. Null for no limit.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="loggers">For what goes wrong.</param>
public sealed class SocketListenerFactory(SemaphoreSlim? places, TimeProvider timeProvider, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Whether this system has what it takes.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new SocketConnectionListener((IPEndPoint)endpoint, places, timeProvider, loggers.CreateLogger("KubeWsBridge.Transport")));
}
