using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace KubeWsBridge.Certificates.Acme.Signing;

/// <summary>A key that signs ACME requests and names itself as a JWK (RFC 7517).</summary>
public abstract class AccountKey : IJwsSigner, IDisposable
{
    private string? _thumbprint;

    /// <summary>The algorithm's name in JWA: ES256, ES384 or RS256.</summary>
    public abstract string Algorithm { get; }

    /// <summary>The JWK's SHA-256 thumbprint in base64url (RFC 7638), which is the second half of every key authorization.</summary>
    public string Thumbprint => _thumbprint ??= Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));

    /// <summary>The public key, its members in RFC 7638's order and without white space, so that it is the thumbprint's input too.</summary>
    internal abstract string Jwk { get; }

    /// <summary>A new P-256 key, which every authority takes.</summary>
    public static AccountKey Create() => new EcdsaAccountKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a P-256, P-384 or RSA private key in any of the usual PEM forms.</summary>
    /// <exception cref="CryptographicException">It is none of these.</exception>
    public static AccountKey FromPem(string pem)
    {
        var curve = ECDsa.Create();
        try
        {
            curve.ImportFromPem(pem);
            return new EcdsaAccountKey(curve);
        }
        catch (Exception notElliptic) when (notElliptic is CryptographicException or ArgumentException)
        {
            curve.Dispose();
        }

        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return new RsaAccountKey(rsa);
        }
        catch (Exception notRsa) when (notRsa is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
            throw new CryptographicException("The PEM text holds no private key that ACME can use: P-256, P-384 or RSA.", notRsa);
        }
    }

    /// <summary>The private key as PKCS#8 PEM.</summary>
    public abstract string ExportPem();

    /// <inheritdoc/>
    public abstract void Dispose();

    byte[] IJwsSigner.Sign(byte[] input) => Sign(input);

    private protected abstract byte[] Sign(byte[] input);
}
