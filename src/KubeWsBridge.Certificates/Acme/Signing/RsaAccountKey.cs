using System.Buffers.Text;
using System.Security.Cryptography;

namespace KubeWsBridge.Certificates.Acme.Signing;

/// <summary>An RSA account key: RS256.</summary>
internal sealed class RsaAccountKey : AccountKey
{
    private readonly RSA _key;

    public RsaAccountKey(RSA key)
    {
        _key = key;
        var numbers = key.ExportParameters(includePrivateParameters: false);
        Jwk = $$"""{"e":"{{Base64Url.EncodeToString(numbers.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}"}""";
    }

    public override string Algorithm => "RS256";

    internal override string Jwk { get; }

    public override string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    public override void Dispose() => _key.Dispose();

    private protected override byte[] Sign(byte[] input) => _key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
