using System.Text.Json.Serialization;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>An access token (RFC 6749 section 5.1).</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="ExpiresIn">Seconds it is good for.</param>
internal sealed record OAuthToken(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);
