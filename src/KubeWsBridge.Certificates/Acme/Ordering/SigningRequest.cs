using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Makes certificate requests (PKCS#10).</summary>
internal static class SigningRequest
{
    /// <summary>The request in DER: an empty subject, since names are looked for among the alternative ones and common names end at 64 characters.</summary>
    public static byte[] Create(ICertificateKey key, IReadOnlyList<Identifier> identifiers)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var identifier in identifiers)
        {
            if (identifier.IsAddress)
                names.AddIpAddress(IPAddress.Parse(identifier.Value));
            else
                names.AddDnsName(identifier.Value);
        }
        var request = new CertificateRequest(new X500DistinguishedName(""), key.PublicKey, key.Hash);
        request.CertificateExtensions.Add(names.Build(critical: false));
        return request.CreateSigningRequest(key.Signer);
    }
}
