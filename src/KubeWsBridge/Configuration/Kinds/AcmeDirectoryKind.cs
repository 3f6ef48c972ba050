using System.Text.Json;
using KubeWsBridge.Certificates.Life;

namespace KubeWsBridge.Configuration.Kinds;

/// <summary>An authority's directory: a URL, or one of two names that everybody knows.</summary>
internal sealed class AcmeDirectoryKind : OptionKind<Uri>
{
    /// <summary>Let's Encrypt.</summary>
    public const string LetsEncrypt = "letsencrypt";

    /// <summary>Let's Encrypt's twin for trying things out.</summary>
    public const string Staging = "letsencrypt-staging";

    /// <inheritdoc/>
    public override string Placeholder => "URL";

    /// <inheritdoc/>
    public override string Expects => $"{LetsEncrypt}, {Staging} or the https URL of an ACME directory";

    /// <inheritdoc/>
    protected override Flaw? Parse(string text, out Uri value)
    {
        value = Issuer.LetsEncrypt;
        if (string.Equals(text, LetsEncrypt, StringComparison.OrdinalIgnoreCase))
            return null;
        if (string.Equals(text, Staging, StringComparison.OrdinalIgnoreCase))
        {
            value = Issuer.LetsEncryptStaging;
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0)
        {
            value = url;
            return null;
        }

        // RFC 8555 section 6.1.
        return text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            ? new Flaw("is not encrypted, and ACME is spoken over https only.", "Write https://.")
            : new Flaw("is no directory of an authority.");
    }

    /// <inheritdoc/>
    public override string Print(object value) => value switch
    {
        Uri url when url == Issuer.LetsEncrypt => LetsEncrypt,
        Uri url when url == Issuer.LetsEncryptStaging => Staging,
        _ => ((Uri)value).AbsoluteUri,
    };

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "string");
        schema.WriteString("pattern", $"^({LetsEncrypt}|{Staging}|https://.+)$");
    }
}
