using System.Net;
using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Metadata.ProxyProtocol;

/// <summary>Connections that end before a request was read, for want of a PROXY header.</summary>
internal static partial class ProxyProtocolLog
{
    // Above the refusals' own ids.
    private const int Base = EventRanges.Refusals + 50;

    [LoggerMessage(Base + 1, LogLevel.Warning,
        "Connection from {Peer} cut: it is not a trusted proxy, and with the PROXY protocol all connections come through one; add it to --trusted-proxy if it is one.")]
    public static partial void NotTrusted(ILogger logger, EndPoint? peer);

    [LoggerMessage(Base + 2, LogLevel.Warning,
        "Connection from proxy {Peer} cut: no valid PROXY header ({Problem}); make the proxy send one, or switch the PROXY protocol off here.")]
    public static partial void NoHeader(ILogger logger, EndPoint? peer, string problem);

    [LoggerMessage(Base + 3, LogLevel.Debug, "Proxy {Peer} connected and left without a word, as health checks do.")]
    public static partial void Silent(ILogger logger, EndPoint? peer);
}
