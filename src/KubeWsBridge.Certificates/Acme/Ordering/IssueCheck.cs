using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Sees that a certificate is what was ordered, before it takes the place of one that works.</summary>
internal static class IssueCheck
{
    /// <exception cref="AcmeOrderException">It is for another key, or lacks a name.</exception>
    public static void Verify(X509Certificate2 certificate, ICertificateKey key, IReadOnlyList<Identifier> identifiers)
    {
        if (!key.Fits(certificate))
            throw new AcmeOrderException("The authority delivered a certificate for another key than the one ordered for.");

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var dnsNames = names?.EnumerateDnsNames().ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var addresses = names?.EnumerateIPAddresses().ToHashSet() ?? [];
        var missing = identifiers.FirstOrDefault(identifier =>
            identifier.IsAddress ? !addresses.Contains(IPAddress.Parse(identifier.Value)) : !dnsNames.Contains(identifier.Value));
        if (missing is not null)
            throw new AcmeOrderException($"The authority delivered a certificate without {missing}, which was ordered.");
    }
}
