using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Bridge.Metadata;

/// <summary>A client's certificate. Of one that nobody vouches for nothing is told but that: its texts are whatever its maker wanted.</summary>
/// <param name="Verified">Whether an authority we trust vouches for it.</param>
public sealed record ClientCertificateFacts(bool Verified)
{
    /// <summary>The subject's distinguished name (RFC 4514, most specific part first).</summary>
    public string? Subject { get; private init; }

    /// <summary>The issuer's distinguished name.</summary>
    public string? Issuer { get; private init; }

    /// <summary>The serial number in upper-case hexadecimal, as OpenSSL prints it.</summary>
    public string? Serial { get; private init; }

    /// <summary>SHA-256 of the certificate in lower-case hexadecimal.</summary>
    public string? Fingerprint { get; private init; }

    /// <summary>The alternative names, as <c>DNS:name, IP:address, email:address, URI:uri</c>; null when there are none.</summary>
    public string? AlternativeNames { get; private init; }

    /// <summary>Reads a certificate that is verified.</summary>
    public static ClientCertificateFacts Of(X509Certificate2 certificate) => new(Verified: true)
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        Serial = certificate.SerialNumber,
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span)),
        AlternativeNames = Metadata.AlternativeNames.Of(certificate) is { Count: > 0 } names ? string.Join(", ", names) : null,
    };
}
