using System.Runtime.Versioning;
using System.Security.Cryptography;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Makes Ed25519 keys; private authorities take them, public ones do not.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Ed25519KeySource(string? reuse) : IKeySource
{
    /// <inheritdoc/>
    public ICertificateKey Make() => reuse is null ? new Ed25519CertificateKey(Ed25519Key.Create()) : Load(reuse);

    /// <inheritdoc/>
    public ICertificateKey Load(string pem)
    {
        try
        {
            return new Ed25519CertificateKey(Ed25519Key.ImportPkcs8(PemKey.Find(pem).Bytes));
        }
        catch (FileFaultException none)
        {
            throw new CryptographicException($"The text {none.Message}", none);
        }
    }
}
