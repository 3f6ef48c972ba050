using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>What all sessions of the socket path share.</summary>
/// <param name="WebSockets">Limits of the client's side.</param>
/// <param name="ReadSize">Most bytes of one read from a worker, and so of one message.</param>
/// <param name="CloseTimeout">How long a client that has nothing more to say may take to go.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Fault">Told of faults of ours, each of which has ended its session.</param>
internal sealed record SocketPathSettings(
    WebSocketOptions WebSockets, int ReadSize, TimeSpan CloseTimeout, TimeProvider TimeProvider, Action<Exception> Fault);
