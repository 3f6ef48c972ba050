using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Pairs;

/// <summary>A certificate, its private key and its chain, known to belong together.</summary>
public sealed class CertificatePair
{
    private CertificatePair(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> chain)
    {
        (Leaf, Chain) = (leaf, chain);
        var names = CertificateNames.Alternative(leaf);
        HasAlternativeNames = names is not null;
        Names = names ?? CertificateNames.Common(leaf);
    }

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>The intermediate certificates that are sent along.</summary>
    public IReadOnlyList<X509Certificate2> Chain { get; }

    /// <summary>The DNS names it is for, in lower case, wildcards included.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether it has names in the only place where browsers look.</summary>
    public bool HasAlternativeNames { get; }

    /// <summary>The algorithm of its key.</summary>
    public KeyAlgorithm Algorithm => KeyAlgorithms.Of(Leaf.PublicKey);

    /// <summary>Makes a pair of a certificate that has its key already.</summary>
    public static CertificatePair Of(X509Certificate2 leaf, params IReadOnlyList<X509Certificate2> chain) => new(leaf, chain);

    /// <summary>Certificate, chain and private key as one PEM text.</summary>
    internal string ExportPem()
    {
        using var key = (AsymmetricAlgorithm?)Leaf.GetECDsaPrivateKey() ?? Leaf.GetRSAPrivateKey();
        return string.Join('\n', [Leaf.ExportCertificatePem(), .. Chain.Select(certificate => certificate.ExportCertificatePem()), key!.ExportPkcs8PrivateKeyPem(), ""]);
    }
}
