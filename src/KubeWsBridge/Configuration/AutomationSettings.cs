using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Pairs;

namespace KubeWsBridge.Configuration;

/// <summary>How certificates are obtained from authorities, after all checks.</summary>
internal sealed record AutomationSettings
{
    /// <summary>The certificate.</summary>
    public required ManagedCertificate Certificate { get; init; }

    /// <summary>The kind of its key.</summary>
    public required KeyType KeyType { get; init; }

    /// <summary>Where accounts, orders and certificates are kept.</summary>
    public required StorageSettings Storage { get; init; }

    /// <summary>The kinds of challenges that are met (<see cref="ChallengeTypes"/>), the preferred first.</summary>
    public required IReadOnlyList<string> Challenges { get; init; }

    /// <summary>Who publishes DNS challenges; null when none are.</summary>
    public DnsSettings? Dns { get; init; }

    /// <summary>The port http-01 challenges are answered on.</summary>
    public required int HttpPort { get; init; }

    /// <summary>For which other names certificates are obtained when a client asks for them; null for none.</summary>
    public OnDemandSettings? OnDemand { get; init; }

    /// <summary>Whether the bridge is not ready as long as there is no certificate from an authority.</summary>
    public bool IsNeededForReadiness { get; init; }
}
