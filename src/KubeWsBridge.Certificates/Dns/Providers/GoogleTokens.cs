using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Gets access tokens of Google: for a service account's key by a signed assertion (RFC 7523), else from the metadata server.</summary>
internal sealed partial class GoogleTokens(DnsProviderParameters parameters, DnsProviderContext context)
{
    private const string Scope = "https://www.googleapis.com/auth/ndev.clouddns.readwrite";
    private const string Metadata = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token";

    private readonly Account? _account = parameters.Find("gcp_application_default") is { } text ? Read(text) : null;

    /// <summary>What is wrong with a key, or null.</summary>
    public static string? Examine(string text)
    {
        try
        {
            if (Read(text) is not { ClientEmail: not null, PrivateKey: not null, TokenUri: not null } account)
                return "is not the key of a service account: client_email, private_key or token_uri is missing.";
            using var key = RSA.Create();
            key.ImportFromPem(account.PrivateKey);
            return null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or CryptographicException)
        {
            return "is not the JSON key of a service account.";
        }
    }

    /// <summary>A new token.</summary>
    public async Task<OAuthToken> FetchAsync(CancellationToken cancellationToken)
    {
        if (_account is null)
            return await FetchAsync(Metadata, HttpMethod.Get, null, MetadataFlavor, cancellationToken);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = Assertion(_account),
        };
        return await FetchAsync(_account.TokenUri!, HttpMethod.Post, () => new FormUrlEncodedContent(form), Authorization.None, cancellationToken);
    }

    private async Task<OAuthToken> FetchAsync(
        string address, HttpMethod method, Func<HttpContent>? content, Authorize authorize, CancellationToken cancellationToken)
    {
        var api = new ProviderApi("gcloud", address, authorize, parameters, context);
        return api.Read(await api.SendAsync(method, "", content, cancellationToken), OAuthJson.Default.OAuthToken);
    }

    private string Assertion(Account account)
    {
        var now = context.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Claims(account.ClientEmail!, Scope, account.TokenUri!, now, now + 3600);
        var text = $"{Encode(JsonSerializer.Serialize(new Header("RS256", "JWT", account.PrivateKeyId), GoogleTokensJson.Default.Header))}."
            + Encode(JsonSerializer.Serialize(claims, GoogleTokensJson.Default.Claims));
        using var key = RSA.Create();
        key.ImportFromPem(account.PrivateKey);
        var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static ValueTask MetadataFlavor(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("Metadata-Flavor", "Google");
        return ValueTask.CompletedTask;
    }

    private static Account? Read(string text) => JsonSerializer.Deserialize(text, GoogleTokensJson.Default.Account);

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private sealed record Account(string? ClientEmail, string? PrivateKey, string? PrivateKeyId, string? TokenUri);

    private sealed record Header(string Alg, string Typ, string? Kid);

    private sealed record Claims(string Iss, string Scope, string Aud, long Iat, long Exp);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Account))]
    [JsonSerializable(typeof(Header))]
    [JsonSerializable(typeof(Claims))]
    private sealed partial class GoogleTokensJson : JsonSerializerContext;
}
