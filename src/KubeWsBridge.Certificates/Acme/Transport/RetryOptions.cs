namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>How often and how patiently a request is repeated before its failure is reported.</summary>
public sealed record RetryOptions
{
    /// <summary>Most requests when connections get lost or the server has troubles of its own (5xx); 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Most repetitions because of a refused nonce, 20: with every other nonce refused, one request in a million fails.</summary>
    public int BadNonces { get; init; } = 20;

    /// <summary>The wait after the first loss; it doubles with each further one and varies by half. 500 ms.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait of one's own choice; 15 s.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest Retry-After that is sat out here; what takes longer is reported, to be tried again later. 60 s.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(60);
}
