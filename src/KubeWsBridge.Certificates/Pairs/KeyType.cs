namespace KubeWsBridge.Certificates.Pairs;

/// <summary>The kinds of keys that certificates are made for.</summary>
public enum KeyType
{
    /// <summary>ECDSA on P-256: fast, and taken by every client.</summary>
    P256,

    /// <summary>ECDSA on P-384.</summary>
    P384,

    /// <summary>RSA with 2048 bits, for clients of the last century.</summary>
    Rsa2048,

    /// <summary>RSA with 4096 bits: about six times the cost of 2048 in each handshake.</summary>
    Rsa4096,

    /// <summary>Ed25519, which browsers do not take: a P-256 certificate is made beside it.</summary>
    Ed25519,
}
