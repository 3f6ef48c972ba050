using System.Security.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>Reads what the server under HTTP knows of a connection's encryption.</summary>
internal static class TlsReader
{
    /// <summary>The facts; null without TLS.</summary>
    /// <param name="context">The request.</param>
    /// <param name="verified">Whether client certificates that get this far are verified.</param>
    public static TlsFacts? Read(HttpContext context, bool verified)
    {
        if (context.Features.Get<ITlsHandshakeFeature>() is not { } handshake)
            return null;
        var certificate = context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        return new TlsFacts(
            Version(handshake.Protocol),
            handshake.NegotiatedCipherSuite?.ToString(),
            handshake.HostName is { Length: > 0 } name ? name : null,
            certificate is null ? null : verified ? ClientCertificateFacts.Of(certificate) : new ClientCertificateFacts(Verified: false));
    }

    private static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        _ => protocol.ToString(),
    };
}
