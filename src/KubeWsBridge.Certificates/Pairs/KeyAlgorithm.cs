namespace KubeWsBridge.Certificates.Pairs;

/// <summary>What a certificate's key signs with; clients differ in which they take.</summary>
public enum KeyAlgorithm
{
    /// <summary>RSA, any size.</summary>
    Rsa,

    /// <summary>ECDSA, any curve.</summary>
    Ecdsa,

    /// <summary>Ed25519 (RFC 8410).</summary>
    Ed25519,
}
