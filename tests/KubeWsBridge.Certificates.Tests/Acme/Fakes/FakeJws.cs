using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Acme.Fakes;

/// <summary>A JWS as a server sees it, before it believes it.</summary>
internal sealed record FakeJws(JsonObject Header, string PayloadText, byte[] SigningInput, byte[] Signature)
{
    public string Nonce => (string)Header["nonce"]!;

    public string Url => (string)Header["url"]!;

    public string? Kid => (string?)Header["kid"];

    public JsonObject? Jwk => Header["jwk"]?.AsObject();

    public JsonObject Payload => JsonNode.Parse(PayloadText)!.AsObject();

    public static FakeJws Parse(JsonNode body)
    {
        var (header, payload) = ((string)body["protected"]!, (string)body["payload"]!);
        return new(
            JsonNode.Parse(Base64Url.DecodeFromChars(header))!.AsObject(),
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload)),
            Encoding.ASCII.GetBytes($"{header}.{payload}"),
            Base64Url.DecodeFromChars((string)body["signature"]!));
    }

    public bool IsSignedBy(JsonObject jwk)
    {
        if ((string)jwk["kty"]! == "RSA")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") });
            return rsa.VerifyData(SigningInput, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        var isP384 = (string)jwk["crv"]! == "P-384";
        using var elliptic = ECDsa.Create(new ECParameters
        {
            Curve = isP384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256,
            Q = new() { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") },
        });
        return elliptic.VerifyData(SigningInput, Signature, isP384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256);
    }

    /// <summary>RFC 7638, as the RFC tells it and not as the client does it.</summary>
    public static string Thumbprint(JsonObject jwk)
    {
        string[] members = (string)jwk["kty"]! == "RSA" ? ["e", "kty", "n"] : ["crv", "kty", "x", "y"];
        var text = "{" + string.Join(',', members.Select(member => $"\"{member}\":\"{(string)jwk[member]!}\"")) + "}";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static byte[] Bytes(JsonObject jwk, string member) => Base64Url.DecodeFromChars((string)jwk[member]!);
}
