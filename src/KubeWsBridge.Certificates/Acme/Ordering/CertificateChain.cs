using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Transport;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>A certificate and those above it, as the authority delivered them.</summary>
public sealed class CertificateChain
{
    private CertificateChain(X509Certificate2Collection certificates, string pem) => (Certificates, Pem) = (certificates, pem);

    /// <summary>The certificate first, then each one's issuer.</summary>
    public X509Certificate2Collection Certificates { get; }

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf => Certificates[0];

    /// <summary>All of them as PEM and nothing else.</summary>
    public string Pem { get; }

    /// <summary>The common name of who issued the topmost one: the root that clients are to have.</summary>
    public string Top => CommonName(Certificates[^1].IssuerName);

    /// <summary>Reads PEM text.</summary>
    /// <exception cref="CryptographicException">It holds no certificate.</exception>
    public static CertificateChain FromPem(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        if (certificates.Count == 0)
            throw new CryptographicException("There is no certificate in the text.");
        return new(certificates, certificates.ExportCertificatePems() + "\n");
    }

    /// <summary>The common names of all issuers in the chain, topmost first.</summary>
    internal IEnumerable<string> Issuers => Certificates.Reverse().Select(certificate => CommonName(certificate.IssuerName));

    // What is kept is written anew from the certificates, so that nothing else an answer may hold gets into a file (RFC 8555 section 11.4).
    internal static CertificateChain Read(AcmeAnswer answer)
    {
        try
        {
            return FromPem(System.Text.Encoding.ASCII.GetString(answer.Body));
        }
        catch (CryptographicException unreadable)
        {
            throw new AcmeProtocolException(answer.Url, "is no certificate chain in PEM", unreadable);
        }
    }

    private static string CommonName(X500DistinguishedName name) =>
        name.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == "2.5.4.3")?.GetSingleElementValue() ?? "";
}
