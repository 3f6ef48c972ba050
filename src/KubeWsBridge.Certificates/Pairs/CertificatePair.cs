using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Pairs;

/// <summary>A certificate, its private key and its chain, known to belong together.</summary>
public sealed class CertificatePair
{
    private CertificatePair(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> chain, Ed25519Key? ed25519)
    {
        (Leaf, Chain, Ed25519) = (leaf, chain, ed25519);
        var names = CertificateNames.Alternative(leaf);
        HasAlternativeNames = names is not null;
        Names = names ?? CertificateNames.Common(leaf);
    }

    /// <summary>The certificate with its private key, unless that is <see cref="Ed25519"/>.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>The private key when it is an Ed25519 one, which .NET's certificates have no place for.</summary>
    public Ed25519Key? Ed25519 { get; }

    /// <summary>The intermediate certificates that are sent along.</summary>
    public IReadOnlyList<X509Certificate2> Chain { get; }

    /// <summary>The DNS names it is for, in lower case, wildcards included.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether it has names in the only place where browsers look.</summary>
    public bool HasAlternativeNames { get; }

    /// <summary>The algorithm of its key.</summary>
    public KeyAlgorithm Algorithm => KeyAlgorithms.Of(Leaf.PublicKey);

    /// <summary>Makes a pair of a certificate that has its key already.</summary>
    public static CertificatePair Of(X509Certificate2 leaf, params IReadOnlyList<X509Certificate2> chain) => new(leaf, chain, null);

    /// <summary>Makes a pair of a certificate and its Ed25519 key.</summary>
    public static CertificatePair Of(X509Certificate2 leaf, Ed25519Key key, params IReadOnlyList<X509Certificate2> chain) => new(leaf, chain, key);

    /// <summary>Certificate, chain and private key as one PEM text.</summary>
    internal string ExportPem() =>
        string.Join('\n', [Leaf.ExportCertificatePem(), .. Chain.Select(certificate => certificate.ExportCertificatePem()), ExportKeyPem(), ""]);

    private string ExportKeyPem()
    {
        if (Ed25519 is not null && Ed25519Key.IsSupported)
            return Ed25519.ExportPem();
        using var key = (AsymmetricAlgorithm?)Leaf.GetECDsaPrivateKey() ?? Leaf.GetRSAPrivateKey();
        return key!.ExportPkcs8PrivateKeyPem();
    }
}
