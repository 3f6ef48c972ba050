using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>What is ordered.</summary>
public sealed record OrderRequest
{
    /// <summary>Names and addresses of the certificate, one at least.</summary>
    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    /// <summary>The kind of certificate, of those the directory lists; null for the authority's choice.</summary>
    public string? Profile { get; init; }

    /// <summary>The certificate that this one takes the place of, which may exempt from rate limits (RFC 9773 section 5).</summary>
    public CertificateId? Replaces { get; init; }
}
