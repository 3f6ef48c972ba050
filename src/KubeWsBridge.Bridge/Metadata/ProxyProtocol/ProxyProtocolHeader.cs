using System.Net;

namespace KubeWsBridge.Bridge.Metadata.ProxyProtocol;

/// <summary>What a proxy tells about a connection that it passes on.</summary>
/// <param name="Version">1 (text) or 2 (binary).</param>
/// <param name="Source">The client; null when the proxy does not know or speaks for itself (UNKNOWN, LOCAL, UNSPEC, unix sockets).</param>
/// <param name="Destination">The address the client connected to; null exactly when the source is.</param>
public readonly record struct ProxyProtocolHeader(int Version, IPEndPoint? Source, IPEndPoint? Destination);
