using System.Net;

namespace KubeWsBridge.Hosting;

/// <summary>An address whose connections nobody takes away from Kestrel, so that they are its own sockets: those with TLS.</summary>
internal sealed class StreamEndPoint(IPAddress address, int port) : IPEndPoint(address, port);
