using KubeWsBridge.Certificates.Acme.Ordering;

namespace KubeWsBridge.Certificates.Life;

/// <summary>How certificates are watched over.</summary>
public sealed record LifeOptions
{
    /// <summary>How often the storage is looked at for what another replica has obtained; 15 s, so that all serve it within 30.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait after the first failed attempt, which doubles with each further one; 1 minute.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest such wait, 6 hours; 1 hour while there is no certificate to serve.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Deadlines of orders.</summary>
    public OrderFlowOptions Orders { get; init; } = new();
}
