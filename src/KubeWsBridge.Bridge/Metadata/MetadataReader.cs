using System.Net;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>Describes a request, once, so that nobody after it needs the request again.</summary>
public sealed class MetadataReader(MetadataOptions options)
{
    private readonly TrustedProxies _proxies = new(options.TrustedProxies);

    /// <summary>
    /// The client behind trusted proxies; the port is 0 when a proxy did not tell it. With the PROXY protocol the peer, whose headers may be
    /// believed, is the address that the PROXY header gave.
    /// </summary>
    public IPEndPoint Client(HttpContext context) => ForwardedClient.Find(context.Request.Headers, Peer(context), _proxies);

    /// <summary>Takes down everything there is to know of the request.</summary>
    public SessionMetadata Describe(HttpContext context, string sessionId, string? subprotocol)
    {
        var request = context.Request;
        var trusted = _proxies.Contains(Peer(context).Address);
        var forwarded = trusted ? ForwardedRequest.Read(request.Headers) : default;
        var secure = forwarded.Secure ?? request.IsHttps;
        var target = RequestTarget.Of(context);
        var server = Server(context, forwarded, secure);

        return new()
        {
            SessionId = sessionId,
            Client = Client(context),
            ServerHost = server.Host,
            ServerPort = server.Port,
            RequestUri = target.Uri,
            Path = target.Path,
            Query = target.Query,
            Headers = Headers(request),
            Subprotocol = subprotocol,
            Secure = secure,
            Tls = TlsReader.Read(context, options.VerifiesClientCertificates),
        };
    }

    // In Kestrel's order: it sorts the headers it knows before all others and does not keep the order on the wire.
    private static List<KeyValuePair<string, string>> Headers(HttpRequest request)
    {
        List<KeyValuePair<string, string>> headers = new(request.Headers.Count + 1);
        // HTTP/2 and HTTP/3 have :authority instead (RFC 9113 section 8.3.1); a worker should not have to care.
        if (request.Headers.Host.Count == 0 && request.Host.HasValue)
            headers.Add(new("host", request.Host.Value));
        foreach (var (name, lines) in request.Headers)
            if (lines.Count > 0 && !name.StartsWith(':'))
                headers.Add(new(name.ToLowerInvariant(), HeaderText.Join(name, lines)));
        return headers;
    }

    private static (string Host, int Port) Server(HttpContext context, ForwardedRequest forwarded, bool secure)
    {
        var local = context.Connection;
        var standard = secure ? 443 : 80;
        var authority = forwarded.Host ?? context.Request.Host.Value;
        if (string.IsNullOrEmpty(authority))
        {
            // HTTP/1.0 and unix sockets come without names or ports.
            var address = local.LocalIpAddress is { } ip ? TrustedProxies.Unmap(ip).ToString() : "localhost";
            return (address, forwarded.Port ?? (local.LocalPort > 0 ? local.LocalPort : standard));
        }

        AddressText.Split(HeaderText.Decode(authority), out var host, out var portText);
        var name = host is ['[', .., ']'] ? host[1..^1] : host;
        return (name.ToString(), AddressText.TryParsePort(portText, out var port) ? port : forwarded.Port ?? standard);
    }

    private static IPEndPoint Peer(HttpContext context) =>
        TrustedProxies.Peer(context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null);
}
