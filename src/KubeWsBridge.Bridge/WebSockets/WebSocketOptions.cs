namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Limits of the WebSocket side.</summary>
public sealed record WebSocketOptions
{
    /// <summary>Most payload bytes of one message, all fragments together; 16 MiB, as the ancestor has it.</summary>
    public long MaxPayloadSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Time between pings; 20 s, below the 60 s after which most proxies cut a silent connection. A client that shows no life for two
    /// intervals is gone. <see cref="TimeSpan.Zero"/> switches heartbeats off.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(20);
}
