namespace KubeWsBridge.Bridge;

/// <summary>How sessions are ended in a drain.</summary>
public sealed record SessionDrainOptions
{
    /// <summary>
    /// The time over which the ends are spread; 5 s. At most <see cref="Timeout"/>, which must leave the last ones the time to end in behind it.
    /// </summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all of it may take, the workers' grace included; 30 s, the grace period of a pod.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>1001, which every client knows (the default), or 1012, "service restart".</summary>
    public int CloseCode { get; init; } = WebSockets.CloseCode.GoingAway;

    /// <summary>Each client is told to wait a random part of this before it comes back; 1 s.</summary>
    public TimeSpan RetrySpread { get; init; } = TimeSpan.FromSeconds(1);
}
