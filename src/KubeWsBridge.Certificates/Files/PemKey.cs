using System.Formats.Asn1;
using System.Security.Cryptography;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Certificates.Files;

/// <summary>A private key as it lies in a PEM file.</summary>
/// <param name="Form">Which of the forms it has.</param>
/// <param name="Bytes">The DER bytes between the lines.</param>
internal sealed record PemKey(PemKeyForm Form, byte[] Bytes)
{
    /// <summary>The first private key of the text; certificates and curve parameters beside it are passed over.</summary>
    public static PemKey Find(string text)
    {
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
            if (FormOf(rest[found.Label]) is { } form)
                return new PemKey(form, Convert.FromBase64String(rest[found.Base64Data].ToString()));

        // The old form has headers within the block, which is no PEM of RFC 7468.
        throw text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal)
            ? new FileFaultException("is encrypted in OpenSSL's old form.", "Convert it: openssl pkcs8 -topk8 -in OLD.key -out NEW.key")
            : new FileFaultException("has no private key.", "It must have a block such as -----BEGIN PRIVATE KEY-----.");
    }

    /// <summary>The algorithm's identifier when it can be seen without a password; null otherwise.</summary>
    public string? Algorithm => Form switch
    {
        PemKeyForm.Rsa => AlgorithmIds.Rsa,
        PemKeyForm.EllipticCurve => AlgorithmIds.EllipticCurve,
        PemKeyForm.Plain => PlainAlgorithm(),
        _ => null,
    };

    // PrivateKeyInfo (RFC 5208 section 5): version, then the algorithm.
    private string? PlainAlgorithm()
    {
        try
        {
            var info = new AsnReader(Bytes, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            return info.ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException)
        {
            throw new FileFaultException("has a private key that cannot be read.", "Get the file anew.");
        }
    }

    private static PemKeyForm? FormOf(ReadOnlySpan<char> label) => label switch
    {
        "PRIVATE KEY" => PemKeyForm.Plain,
        "ENCRYPTED PRIVATE KEY" => PemKeyForm.Encrypted,
        "RSA PRIVATE KEY" => PemKeyForm.Rsa,
        "EC PRIVATE KEY" => PemKeyForm.EllipticCurve,
        _ => null,
    };
}
