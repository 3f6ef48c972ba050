using System.Formats.Asn1;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeWsBridge.Certificates.Pairs;

/// <summary>Lets .NET sign certificates and requests with an Ed25519 key (RFC 8410).</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Ed25519Signatures(Ed25519Key key) : X509SignatureGenerator
{
    /// <summary>The public key in the form certificates have it in.</summary>
    public static PublicKey PublicKeyOf(Ed25519Key key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(AlgorithmIds.Ed25519);
            writer.WriteBitString(key.PublicKey.Span);
        }

        return PublicKey.CreateFromSubjectPublicKeyInfo(writer.Encode(), out _);
    }

    /// <inheritdoc/>
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(AlgorithmIds.Ed25519);
        return writer.Encode();
    }

    /// <inheritdoc/>
    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.Sign(data);

    /// <inheritdoc/>
    protected override PublicKey BuildPublicKey() => PublicKeyOf(key);
}
