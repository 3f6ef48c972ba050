using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Life;

/// <summary>Where keys of the kind that is configured come from.</summary>
public static class CertificateKeys
{
    /// <summary>A source of keys.</summary>
    /// <param name="type">Their kind.</param>
    /// <param name="reuse">The key of the certificate before, when it is to be kept; null for a new key each time.</param>
    public static IKeySource Of(KeyType type, string? reuse) => type switch
    {
        KeyType.P384 => new KeySource(CertificateKeyType.P384, reuse),
        KeyType.Rsa2048 => new KeySource(CertificateKeyType.Rsa2048, reuse),
        KeyType.Rsa4096 => new KeySource(CertificateKeyType.Rsa4096, reuse),
        KeyType.Ed25519 when Ed25519Key.IsSupported => new Ed25519KeySource(reuse),
        _ => new KeySource(CertificateKeyType.P256, reuse),
    };
}
