using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>What a client says before the server says anything, as far as certificates depend on it (RFC 8446 section 4.1.2).</summary>
/// <param name="ServerName">The name it asks for; null when it asks for none.</param>
/// <param name="Protocols">The application protocols it offers.</param>
/// <param name="SignatureSchemes">The signatures it takes (RFC 8446 section 4.2.3); empty when it does not say.</param>
public sealed record ClientHello(string? ServerName, IReadOnlyList<string> Protocols, IReadOnlyList<ushort> SignatureSchemes)
{
    /// <summary>The one protocol that an authority offers when it looks for the answer to a tls-alpn-01 challenge (RFC 8737 section 6.2).</summary>
    internal const string ChallengeProtocol = "acme-tls/1";

    private const ushort Ed25519 = 0x0807;

    /// <summary>Whether it is an authority's, which says nothing more once it has seen the certificate.</summary>
    public bool IsChallenge => Protocols is [ChallengeProtocol];

    /// <summary>Whether it takes certificates whose keys sign like this.</summary>
    public bool Takes(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => SignatureSchemes.Contains(Ed25519),
        // The second byte is the signature's kind: 3 is ECDSA in both TLS 1.2's and 1.3's reading of the numbers.
        KeyAlgorithm.Ecdsa => SignatureSchemes.Any(scheme => (scheme & 0xFF) == 3 && scheme >> 8 <= 6),
        _ => true,
    };
}
