using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Certificates.Life;

/// <summary>A certificate from the storage, known to fit its key.</summary>
public sealed class StoredCertificate
{
    private StoredCertificate(string version, CertificateChain chain, string keyPem, CertificateRecord record) =>
        (Version, Chain, KeyPem, Record) = (version, chain, keyPem, record);

    /// <summary>Its generation in the storage.</summary>
    public string Version { get; }

    /// <summary>The certificate and its chain.</summary>
    public CertificateChain Chain { get; }

    /// <summary>The private key as PEM.</summary>
    public string KeyPem { get; }

    /// <summary>Where it came from.</summary>
    public CertificateRecord Record { get; }

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf => Chain.Leaf;

    internal DateTimeOffset NotBefore => new(Leaf.NotBefore);

    /// <summary>When it expires.</summary>
    public DateTimeOffset NotAfter => new(Leaf.NotAfter);

    /// <summary>Certificate, chain and key, for whoever serves them.</summary>
    public CertificatePair ToPair() => PrivateKeys.Attach([.. Chain.Certificates], PemKey.Find(KeyPem), password: null);

    /// <exception cref="DamagedStateException">The bundle holds no certificate with its key.</exception>
    internal static StoredCertificate Read(StoredBundle bundle, IKeySource keys)
    {
        try
        {
            var chain = CertificateChain.FromPem(bundle.Require("cert.pem"));
            var keyPem = bundle.Require("key.pem");
            using var key = keys.Load(keyPem);
            if (!key.Fits(chain.Leaf))
                throw new DamagedStateException("The stored key is not the certificate's.");
            return new(bundle.Version, chain, keyPem, LifeJson.Read(bundle.Require("meta.json"), LifeJson.Default.CertificateRecord));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            throw new DamagedStateException($"What is stored is no certificate with its key: {unreadable.Message}", unreadable);
        }
    }

    internal static Dictionary<string, string> Files(IssuedCertificate issued, CertificateRecord record) => new()
    {
        ["cert.pem"] = issued.Chain.Pem,
        ["key.pem"] = issued.KeyPem,
        ["meta.json"] = LifeJson.Write(record, LifeJson.Default.CertificateRecord),
    };
}
