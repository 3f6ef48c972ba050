using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Transport;

/// <summary>A feature of connections whose socket can be taken away from the server under HTTP.</summary>
internal interface IConnectionHandOver
{
    /// <summary>
    /// Takes the socket and what was already read from it. From then on the server's reads find the end, its writes go nowhere, and its end of
    /// the connection means nothing. Only to be called while nobody reads or writes.
    /// </summary>
    /// <param name="unread">What the client sent and nobody has read.</param>
    /// <returns>The socket, which is the caller's to close; null when the connection has been aborted.</returns>
    SocketDescriptor? Take(out byte[] unread);
}
