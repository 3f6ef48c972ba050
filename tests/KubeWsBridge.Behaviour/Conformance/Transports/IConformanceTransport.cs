namespace KubeWsBridge.Behaviour.Conformance.Transports;

/// <summary>A way to a raw stream of WebSocket frames; behind it all of RFC 6455 sections 5 to 8 is the same.</summary>
public interface IConformanceTransport
{
    /// <summary>As it stands in test names.</summary>
    string Name { get; }

    /// <summary>Does the opening handshake; the test fails if the server does not agree.</summary>
    Task<IConformanceConnection> ConnectAsync(int port);
}
