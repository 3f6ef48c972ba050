using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>An elliptic or RSA key for a certificate.</summary>
public sealed class CertificateKey : ICertificateKey
{
    private readonly AsymmetricAlgorithm _key;

    private CertificateKey(ECDsa key)
    {
        _key = key;
        PublicKey = new PublicKey(key);
        Signer = X509SignatureGenerator.CreateForECDsa(key);
        Hash = key.KeySize > 256 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
    }

    private CertificateKey(RSA key)
    {
        _key = key;
        PublicKey = new PublicKey(key);
        Signer = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        Hash = HashAlgorithmName.SHA256;
    }

    /// <inheritdoc/>
    public PublicKey PublicKey { get; }

    /// <inheritdoc/>
    public X509SignatureGenerator Signer { get; }

    /// <inheritdoc/>
    public HashAlgorithmName Hash { get; }

    /// <summary>Makes a new key.</summary>
    public static CertificateKey Create(CertificateKeyType type) => type switch
    {
        CertificateKeyType.P256 => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        CertificateKeyType.P384 => new(ECDsa.Create(ECCurve.NamedCurves.nistP384)),
        CertificateKeyType.Rsa2048 => new(RSA.Create(2048)),
        CertificateKeyType.Rsa4096 => new(RSA.Create(4096)),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Reads a key that was made before.</summary>
    /// <exception cref="CryptographicException">It is neither elliptic nor RSA.</exception>
    public static CertificateKey FromPem(string pem)
    {
        try
        {
            var elliptic = ECDsa.Create();
            elliptic.ImportFromPem(pem);
            return new(elliptic);
        }
        catch (Exception notElliptic) when (notElliptic is CryptographicException or ArgumentException)
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return new(rsa);
        }
    }

    /// <inheritdoc/>
    public string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
