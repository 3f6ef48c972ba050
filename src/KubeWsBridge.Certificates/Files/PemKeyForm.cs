namespace KubeWsBridge.Certificates.Files;

/// <summary>The forms private keys have in PEM files.</summary>
internal enum PemKeyForm
{
    /// <summary>PKCS#8 (RFC 5208).</summary>
    Plain,

    /// <summary>PKCS#8, encrypted with a password.</summary>
    Encrypted,

    /// <summary>PKCS#1 (RFC 8017 appendix A.1.2).</summary>
    Rsa,

    /// <summary>SEC1 (RFC 5915).</summary>
    EllipticCurve,
}
