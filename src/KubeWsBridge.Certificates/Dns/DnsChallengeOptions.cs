namespace KubeWsBridge.Certificates.Dns;

/// <summary>How records of challenges are published.</summary>
public sealed record DnsChallengeOptions
{
    /// <summary>Lifetime of the records; 60 s, for they are needed for minutes.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before looking for a record; 10 s: who asks too early is told "no", and resolvers remember that.</summary>
    public TimeSpan PropagationDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a record may take to be seen on all of its zone's servers; 120 s; 0 does not look at all.</summary>
    public TimeSpan PropagationTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a removal may take, whatever became of what it cleans up after; 60 s.</summary>
    public TimeSpan CleanupTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where all records are written instead of where CNAMEs lead; null to follow them.</summary>
    public string? OverrideDomain { get; init; }
}
