namespace KubeWsBridge.Certificates.Storage.Kubernetes.Resources;

/// <summary>Who holds a Lease; times are for people, since nobody's clock can be trusted.</summary>
internal sealed record LeaseSpec
{
    /// <summary>Empty when nobody holds it.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>How long others have to see it unchanged before they may take it.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>When this holder took it.</summary>
    public string? AcquireTime { get; init; }

    /// <summary>When it was renewed the last time.</summary>
    public string? RenewTime { get; init; }

    /// <summary>How often it went from one holder to another.</summary>
    public int? LeaseTransitions { get; init; }
}
