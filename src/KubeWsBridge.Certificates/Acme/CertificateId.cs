using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Acme;

/// <summary>A certificate's name in renewal information: its issuer's key identifier and its serial number (RFC 9773 section 4.1).</summary>
/// <param name="Text">Both in base64url, with a dot between.</param>
public sealed record CertificateId(string Text)
{
    /// <summary>Names a certificate; null when it lacks the authority key identifier.</summary>
    public static CertificateId? Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var issuer = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        if (issuer is null)
            return null;

        // The DER bytes of the serial number: big-endian, with the zero in front that keeps a number positive.
        var serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToByteArray(isBigEndian: true);
        return new($"{Base64Url.EncodeToString(issuer.Value.Span)}.{Base64Url.EncodeToString(serial)}");
    }
}
