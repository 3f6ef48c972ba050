namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>How an order is carried through.</summary>
public sealed record OrderFlowOptions
{
    /// <summary>How long an order may take, 10 minutes: DNS may need most of it to spread.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long taking the answers away may take, whatever became of the order; 30 s.</summary>
    public TimeSpan CleanUpDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon the authority is asked again how far it is, when it does not say; it grows by doubling. 1 s.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between such questions; 15 s.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The common name of the issuer that the chain should end at; null for the authority's choice.</summary>
    public string? PreferredChain { get; init; }
}
