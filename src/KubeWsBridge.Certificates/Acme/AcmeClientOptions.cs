using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>How an authority is talked to.</summary>
public sealed record AcmeClientOptions
{
    /// <summary>The authority's directory.</summary>
    public required Uri Directory { get; init; }

    /// <summary>Certificates to trust instead of the system's when the authority is private; null for the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>What this client calls itself (RFC 8555 section 6.1 asks for a name and version).</summary>
    public string UserAgent { get; init; } = "KubeWsBridge";

    /// <summary>The longest a single request may take; 30 s, since authorities look at DNS and logs while they answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often and how patiently a request is repeated.</summary>
    public RetryOptions Retries { get; init; } = new();
}
