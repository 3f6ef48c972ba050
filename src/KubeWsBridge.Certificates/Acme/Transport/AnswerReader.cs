using System.Net.Http.Headers;

namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>Reads HTTP responses into answers.</summary>
internal static class AnswerReader
{
    public static async Task<AcmeAnswer> ReadAsync(HttpResponseMessage response, Uri url, DateTimeOffset now, CancellationToken cancellationToken) => new()
    {
        Url = url,
        Status = response.StatusCode,
        Body = await response.Content.ReadAsByteArrayAsync(cancellationToken),
        MediaType = response.Content.Headers.ContentType?.MediaType,
        Location = response.Headers.Location is { } location ? new Uri(url, location) : null,
        Nonce = response.Headers.TryGetValues("Replay-Nonce", out var nonces) ? nonces.First() : null,
        RetryAfter = Wait(response.Headers.RetryAfter, now),
        Alternates = response.Headers.TryGetValues("Link", out var links)
            ? [.. LinkHeader.Targets(links, "alternate").Select(link => new Uri(url, link))]
            : [],
    };

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        if ((header?.Delta ?? header?.Date - now) is not { } wait)
            return null;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
