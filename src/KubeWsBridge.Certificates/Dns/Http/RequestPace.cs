using System.Globalization;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>
/// Patience with a provider that limits requests: it says how long to wait (RFC 9110 section 10.2.3), or each pause is twice the one before.
/// </summary>
internal sealed class RequestPace(TimeProvider time)
{
    /// <summary>How often a request is sent at most.</summary>
    public const int Attempts = 5;

    // A daily limit asks for hours. Who waits that long looks hung; the caller has a better idea of when to try again.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Waits before the next attempt; false when there is to be none.</summary>
    /// <param name="answer">What the provider said; null when nothing.</param>
    /// <param name="attempt">How many there were.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> WaitAsync(ProviderAnswer? answer, int attempt, CancellationToken cancellationToken)
    {
        if (attempt >= Attempts)
            return false;
        var pause = (answer is null ? null : Asked(answer)) ?? TimeSpan.FromSeconds(1 << (attempt - 1));
        if (pause > Longest)
            return false;
        await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.FromSeconds(1), time, cancellationToken);
        return true;
    }

    private TimeSpan? Asked(ProviderAnswer answer)
    {
        if (answer.Headers.RetryAfter is { } after)
            return after.Delta ?? after.Date - time.GetUtcNow();
        // DigitalOcean and Hetzner give the second at which there is room again.
        if (answer.Headers.TryGetValues("RateLimit-Reset", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var reset) && reset > 1_000_000_000)
            return DateTimeOffset.FromUnixTimeSeconds(reset) - time.GetUtcNow();
        return null;
    }
}
