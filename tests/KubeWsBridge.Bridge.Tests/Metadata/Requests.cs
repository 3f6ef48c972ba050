using System.Net;
using KubeWsBridge.Bridge.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Bridge.Tests.Metadata;

/// <summary>Requests as a server would hand them over.</summary>
internal static class Requests
{
    public const string Peer = "10.0.0.1";

    public const int PeerPort = 4000;

    /// <summary>10.0.0.0/8 and fd00::/8 are proxies.</summary>
    public static MetadataReader Reader(params string[] networks) =>
        new(new() { TrustedProxies = [.. (networks is [] ? ["10.0.0.0/8", "fd00::/8"] : networks).Select(text => IPNetwork.Parse(text))] });

    /// <summary>Headers are written as <c>name: value</c>.</summary>
    public static DefaultHttpContext From(string peer, params string[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Protocol = HttpProtocol.Http11;
        context.Request.Method = "GET";
        context.Request.Scheme = "http";
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = "/";
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Connection.RemotePort = PeerPort;
        context.Connection.LocalIpAddress = IPAddress.Parse("::ffff:10.9.9.9");
        context.Connection.LocalPort = 8080;
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            context.Request.Headers.Append(header[..colon], header[(colon + 1)..].Trim());
        }
        return context;
    }

    public static SessionMetadata Describe(HttpContext context, params string[] networks) =>
        Reader(networks).Describe(context, "id", null);
}
