using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>What has to be known of an order to go on with it after a restart, and to leave nothing behind.</summary>
public sealed record OrderInProgress
{
    /// <summary>The account that placed it.</summary>
    public required Uri Account { get; init; }

    /// <summary>The order.</summary>
    public required Uri Order { get; init; }

    /// <summary>What it is for.</summary>
    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    /// <summary>The private key of the certificate to be.</summary>
    public required string KeyPem { get; init; }

    /// <summary>Answers to challenges that are, or may be, shown.</summary>
    public IReadOnlyList<PresentedChallenge> Presented { get; init; } = [];
}
