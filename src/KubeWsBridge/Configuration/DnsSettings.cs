using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Configuration;

/// <summary>How DNS-01 challenges are published, after all checks.</summary>
internal sealed record DnsSettings
{
    /// <summary>Who publishes them.</summary>
    public required DnsProviderDefinition Provider { get; init; }

    /// <summary>What it was told.</summary>
    public required DnsProviderParameters Parameters { get; init; }

    /// <summary>How they are published.</summary>
    public required DnsChallengeOptions Challenges { get; init; }

    /// <summary>The resolvers to ask, <c>HOST</c> or <c>HOST:PORT</c>; none for the system's.</summary>
    public required IReadOnlyList<string> Resolvers { get; init; }
}
