using System.Net.Http.Headers;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>Holds an access token for as long as it is good, and gets the next one.</summary>
/// <param name="fetch">Gets a token.</param>
/// <param name="time">The time.</param>
internal sealed class OAuthSession(Func<CancellationToken, Task<OAuthToken>> fetch, TimeProvider time)
{
    // A token that ends between our look and the provider's is refused.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private OAuthToken? _token;
    private DateTimeOffset _end;

    /// <summary>Puts a good token into a request.</summary>
    public async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_token is null || time.GetUtcNow() + Margin >= _end)
        {
            _token = await fetch(cancellationToken);
            _end = time.GetUtcNow() + TimeSpan.FromSeconds(_token.ExpiresIn);
        }
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token.AccessToken);
    }
}
