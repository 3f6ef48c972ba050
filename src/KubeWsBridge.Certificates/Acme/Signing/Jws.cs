using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace KubeWsBridge.Certificates.Acme.Signing;

/// <summary>Makes flattened JWS objects (RFC 7515 section 7.2.2) with the protected header ACME asks for (RFC 8555 section 6.2).</summary>
internal static class Jws
{
    /// <summary>A JWS by a key the server is to learn: the header holds the key.</summary>
    public static byte[] SignWithJwk(AccountKey key, Uri url, string? nonce, ReadOnlySpan<byte> payload) =>
        Sign(key, "jwk", key.Jwk, url, nonce, payload);

    /// <summary>A JWS by a key the server knows: the header holds its name.</summary>
    public static byte[] SignWithKid(IJwsSigner signer, string keyId, Uri url, string? nonce, ReadOnlySpan<byte> payload) =>
        Sign(signer, "kid", $"\"{JsonEncodedText.Encode(keyId)}\"", url, nonce, payload);

    private static byte[] Sign(IJwsSigner signer, string member, string keyAsJson, Uri url, string? nonce, ReadOnlySpan<byte> payload)
    {
        var header = WriteObject(writer =>
        {
            writer.WriteString("alg", signer.Algorithm);
            writer.WritePropertyName(member);
            writer.WriteRawValue(keyAsJson);
            if (nonce is not null)
                writer.WriteString("nonce", nonce);
            writer.WriteString("url", url.AbsoluteUri);
        });
        var protectedPart = Base64Url.EncodeToString(header);
        var payloadPart = Base64Url.EncodeToString(payload);
        var signature = signer.Sign(Encoding.ASCII.GetBytes($"{protectedPart}.{payloadPart}"));

        return WriteObject(writer =>
        {
            writer.WriteString("protected", protectedPart);
            writer.WriteString("payload", payloadPart);
            writer.WriteString("signature", Base64Url.EncodeToString(signature));
        });
    }

    private static byte[] WriteObject(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
