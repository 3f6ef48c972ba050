using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Makes the certificate that answers a tls-alpn-01 challenge (RFC 8737 section 3).</summary>
public static class TlsAlpn01Certificate
{
    /// <summary>id-pe-acmeIdentifier.</summary>
    internal const string AcmeIdentifier = "1.3.6.1.5.5.7.1.31";

    /// <summary>A self-signed certificate with a new key, for one name, with the hash of the key authorization in it.</summary>
    public static X509Certificate2 Create(Identifier identifier, string keyAuthorization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ACME challenge", key, HashAlgorithmName.SHA256);

        var names = new SubjectAlternativeNameBuilder();
        if (identifier.IsAddress)
            names.AddIpAddress(IPAddress.Parse(identifier.Value));
        else
            names.AddDnsName(identifier.Value);
        request.CertificateExtensions.Add(names.Build());

        // An OCTET STRING of the 32 bytes; critical, so that nobody takes this for a certificate of any other use.
        byte[] hash = [0x04, 0x20, .. SHA256.HashData(Encoding.ASCII.GetBytes(keyAuthorization))];
        request.CertificateExtensions.Add(new X509Extension(AcmeIdentifier, hash, critical: true));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(6));
    }
}
