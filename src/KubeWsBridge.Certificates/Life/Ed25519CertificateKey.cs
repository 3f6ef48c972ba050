using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Life;

/// <summary>An Ed25519 key for a certificate.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Ed25519CertificateKey(Ed25519Key key) : ICertificateKey
{
    /// <inheritdoc/>
    public PublicKey PublicKey { get; } = Ed25519Signatures.PublicKeyOf(key);

    /// <inheritdoc/>
    public X509SignatureGenerator Signer { get; } = new Ed25519Signatures(key);

    /// <inheritdoc/>
    public HashAlgorithmName Hash => default; // it has one of its own (RFC 8032)

    /// <inheritdoc/>
    public string ExportPem() => key.ExportPem() + "\n";

    /// <inheritdoc/>
    public void Dispose()
    {
        // The key's memory is OpenSSL's, and freed with it.
    }
}
