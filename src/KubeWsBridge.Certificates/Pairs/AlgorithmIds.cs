namespace KubeWsBridge.Certificates.Pairs;

/// <summary>Object identifiers of public key algorithms.</summary>
internal static class AlgorithmIds
{
    /// <summary>rsaEncryption (RFC 8017 appendix A.1).</summary>
    public const string Rsa = "1.2.840.113549.1.1.1";

    /// <summary>id-ecPublicKey (RFC 5480 section 2.1.1).</summary>
    public const string EllipticCurve = "1.2.840.10045.2.1";

    /// <summary>id-Ed25519 (RFC 8410 section 3).</summary>
    public const string Ed25519 = "1.3.101.112";

    /// <summary>The algorithm's usual name.</summary>
    public static string Name(string? identifier) => identifier switch
    {
        Rsa => "RSA",
        EllipticCurve => "ECDSA",
        Ed25519 => "Ed25519",
        _ => $"of the unknown kind {identifier}",
    };
}
