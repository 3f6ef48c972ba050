using System.Net;
using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>The address of a unix socket whose file the runtime leaves alone.</summary>
/// <remarks>
/// A socket bound to a <see cref="UnixDomainSocketEndPoint"/> deletes whatever has that path when it is disposed, even what another process
/// has put there.
/// </remarks>
internal sealed class UnixSocketEndPoint(string path) : EndPoint
{
    private readonly UnixDomainSocketEndPoint _address = new(path);

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => AddressFamily.Unix;

    /// <inheritdoc/>
    public override SocketAddress Serialize() => _address.Serialize();

    /// <inheritdoc/>
    public override EndPoint Create(SocketAddress socketAddress) => _address.Create(socketAddress);
}
