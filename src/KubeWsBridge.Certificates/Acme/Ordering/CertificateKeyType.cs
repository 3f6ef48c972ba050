namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Kinds of certificate keys that authorities commonly take.</summary>
public enum CertificateKeyType
{
    /// <summary>An elliptic key on P-256.</summary>
    P256,

    /// <summary>An elliptic key on P-384.</summary>
    P384,

    /// <summary>An RSA key of 2048 bits.</summary>
    Rsa2048,

    /// <summary>An RSA key of 4096 bits.</summary>
    Rsa4096,
}
