using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>What is the same for all kinds of certificate keys.</summary>
internal static class CertificateKeyExtensions
{
    /// <summary>Whether the certificate is for this key.</summary>
    public static bool Fits(this ICertificateKey key, X509Certificate2 certificate) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.PublicKey.ExportSubjectPublicKeyInfo());
}
