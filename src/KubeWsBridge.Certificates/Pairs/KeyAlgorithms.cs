using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Pairs;

/// <summary>Tells keys apart.</summary>
internal static class KeyAlgorithms
{
    /// <summary>The algorithm of a public key.</summary>
    public static KeyAlgorithm Of(PublicKey key) => key.Oid.Value switch
    {
        AlgorithmIds.Rsa => KeyAlgorithm.Rsa,
        AlgorithmIds.Ed25519 => KeyAlgorithm.Ed25519,
        _ => KeyAlgorithm.Ecdsa,
    };
}
