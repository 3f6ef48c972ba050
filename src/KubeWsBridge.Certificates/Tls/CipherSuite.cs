using System.Net.Security;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>A cipher suite.</summary>
/// <param name="Id">Its number; its name is the IANA's.</param>
/// <param name="OpenSslName">What OpenSSL calls it.</param>
/// <param name="Key">The key it needs in the certificate; null in TLS 1.3, where any will do.</param>
public sealed record CipherSuite(TlsCipherSuite Id, string OpenSslName, SuiteKey? Key = null)
{
    /// <summary>Whether it is one of TLS 1.3, all others being of TLS 1.2.</summary>
    public bool IsTls13 => Key is null;

    /// <summary>Whether it can be used with a certificate of this algorithm.</summary>
    public bool Takes(KeyAlgorithm algorithm) =>
        Key is null || (Key == SuiteKey.Rsa ? algorithm == KeyAlgorithm.Rsa : algorithm is KeyAlgorithm.Ecdsa or KeyAlgorithm.Ed25519);

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();
}
