namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>The ways in which a client's side ends.</summary>
internal enum ClientEndKind
{
    /// <summary>A close frame came.</summary>
    Closed,

    /// <summary>The connection ended without one.</summary>
    Gone,

    /// <summary>The client broke the protocol or a limit; it gets a close frame that says so.</summary>
    Violation,
}
