namespace KubeWsBridge.Certificates.Tls;

/// <summary>The keys that suites of TLS 1.2 are bound to.</summary>
public enum SuiteKey
{
    /// <summary>ECDSA, and Ed25519 too (RFC 8422 section 5.1.1).</summary>
    Ecdsa,

    /// <summary>RSA.</summary>
    Rsa,
}
