using System.Buffers.Text;
using System.Security.Cryptography;

namespace KubeWsBridge.Certificates.Acme.Signing;

/// <summary>An account the authority knows from elsewhere, to which an ACME account is bound (RFC 8555 section 7.3.4).</summary>
public sealed class ExternalAccount : IJwsSigner
{
    private readonly byte[] _macKey;

    /// <summary>Takes the key id and the secret as the authority shows them.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="macKey">The secret in base64url; plain base64 and padding are accepted too, as authorities are not of one mind.</param>
    /// <exception cref="AcmeException">The secret is no base64url.</exception>
    public ExternalAccount(string keyId, string macKey)
    {
        ArgumentNullException.ThrowIfNull(macKey);
        KeyId = keyId;
        try
        {
            _macKey = Base64Url.DecodeFromChars(macKey.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        }
        catch (FormatException notBase64)
        {
            throw new AcmeException("The MAC key of the external account binding is not base64url. Copy it again from the authority's page.", notBase64);
        }
    }

    /// <summary>The key's id at the authority.</summary>
    public string KeyId { get; }

    string IJwsSigner.Algorithm => "HS256";

    byte[] IJwsSigner.Sign(byte[] input) => HMACSHA256.HashData(_macKey, input);
}
