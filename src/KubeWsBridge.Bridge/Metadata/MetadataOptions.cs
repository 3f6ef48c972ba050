using System.Net;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>Whom to believe about the client.</summary>
public sealed record MetadataOptions
{
    /// <summary>
    /// Networks of proxies whose X-Forwarded-For, -Proto, -Host, -Port, X-Real-IP and PROXY protocol are believed; none by default, because
    /// anybody can send these headers.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Whether TLS lets no client certificate through that an authority does not vouch for; no, and then nothing of it is told.</summary>
    public bool VerifiesClientCertificates { get; init; }
}
