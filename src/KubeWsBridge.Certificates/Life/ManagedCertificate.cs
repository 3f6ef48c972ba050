using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Life;

/// <summary>A certificate to be had and kept fresh.</summary>
public sealed record ManagedCertificate
{
    /// <summary>What it is for, one name at least.</summary>
    public required IReadOnlyList<Identifier> Names { get; init; }

    /// <summary>Authorities, tried in turn.</summary>
    public required IReadOnlyList<Issuer> Issuers { get; init; }

    /// <summary>The kind of its key, as configuration names it; a certificate with another kind is another certificate.</summary>
    public string KeyType { get; init; } = "p256";

    /// <summary>Whether the key is kept when the certificate is renewed; not by default, since a key stolen unnoticed is of no use then.</summary>
    public bool ReusePrivateKey { get; init; }

    /// <summary>It is renewed when less than this part of its lifetime remains, unless the authority advises otherwise; 0.33.</summary>
    public double RenewalWindowRatio { get; init; } = 0.33;

    /// <summary>Whether one is ordered at the start although a good one is stored.</summary>
    public bool OrderAtStart { get; init; }

    /// <summary>
    /// Its name in the storage: readable, and another one for other names, another kind of key or another first choice of authority. So replicas
    /// with different configurations, as there are during every rollout, do not take turns in replacing each other's certificate.
    /// </summary>
    public string Id => MakeId();

    private string MakeId()
    {
        var readable = Names[0].Value.Replace("*", "wildcard", StringComparison.Ordinal).Replace(':', '-');
        var all = string.Join(',', Names.Select(name => name.Value).Order(StringComparer.Ordinal));
        return $"{readable[..Math.Min(readable.Length, 100)].TrimStart('.')}-{Issuer.Hash($"{all}\n{KeyType}\n{Issuers[0].Directory}")}";
    }
}
