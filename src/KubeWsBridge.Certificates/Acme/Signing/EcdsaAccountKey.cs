using System.Buffers.Text;
using System.Security.Cryptography;

namespace KubeWsBridge.Certificates.Acme.Signing;

/// <summary>An elliptic account key: ES256 on P-256, ES384 on P-384.</summary>
internal sealed class EcdsaAccountKey : AccountKey
{
    private readonly ECDsa _key;
    private readonly HashAlgorithmName _hash;

    public EcdsaAccountKey(ECDsa key)
    {
        (_key, Algorithm, _hash) = key.KeySize switch
        {
            256 => (key, "ES256", HashAlgorithmName.SHA256),
            384 => (key, "ES384", HashAlgorithmName.SHA384),
            _ => throw new CryptographicException($"ACME takes P-256 and P-384 keys, and this one has {key.KeySize} bits."),
        };
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Jwk = $$"""{"crv":"P-{{key.KeySize}}","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
    }

    public override string Algorithm { get; }

    internal override string Jwk { get; }

    public override string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    public override void Dispose() => _key.Dispose();

    // The default form, r and s side by side, is the one JWA wants (RFC 7518 section 3.4).
    private protected override byte[] Sign(byte[] input) => _key.SignData(input, _hash);
}
