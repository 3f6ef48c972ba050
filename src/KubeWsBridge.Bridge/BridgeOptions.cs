using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Launching;
using KubeWsBridge.Bridge.Metadata;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge;

/// <summary>Everything the bridge can be told, one record per room.</summary>
public sealed record BridgeOptions
{
    /// <summary>What is served where; at least one.</summary>
    public required IReadOnlyList<RouteOptions> Routes { get; init; }

    /// <inheritdoc cref="AdmissionOptions"/>
    public AdmissionOptions Admission { get; init; } = new();

    /// <inheritdoc cref="MetadataOptions"/>
    public MetadataOptions Metadata { get; init; } = new();

    /// <inheritdoc cref="LaunchOptions"/>
    public LaunchOptions Launch { get; init; } = new();

    /// <inheritdoc cref="RendezvousOptions"/>
    public RendezvousOptions Rendezvous { get; init; } = new();

    /// <inheritdoc cref="WebSocketOptions"/>
    public WebSocketOptions WebSockets { get; init; } = new();

    /// <inheritdoc cref="PumpOptions"/>
    public PumpOptions Pump { get; init; } = new();

    /// <inheritdoc cref="ClosingOptions"/>
    public ClosingOptions Closing { get; init; } = new();

    /// <summary>How long a session may live; <see cref="TimeSpan.Zero"/> (the default) for no limit.</summary>
    public TimeSpan ConnectionTimeout { get; init; }

    /// <summary>How long a worker may run; <see cref="TimeSpan.Zero"/> (the default) for no limit.</summary>
    public TimeSpan WorkerTimeout { get; init; }

    /// <summary>
    /// Whether sessions whose client speaks HTTP/1.1 without TLS take their sockets to loops of their own, where the system and the transport
    /// under the server (<see cref="Transport.SocketListenerFactory"/>) allow it; otherwise, and by default, all go through the server's streams.
    /// </summary>
    public bool SocketPath { get; init; }
}
