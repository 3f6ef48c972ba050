using KubeWsBridge.Certificates.Dns.Providers;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>The one table of providers: configuration, errors and docs/dns-providers.md come from it.</summary>
public static class DnsProviderTable
{
    /// <summary>Every provider: those that work with servers of one's own first, then the services by name.</summary>
    public static IReadOnlyList<DnsProviderDefinition> All { get; } =
    [
        Rfc2136Provider.Definition,
        PowerDnsProvider.Definition,
        ExecProvider.Definition,
        HttpReqProvider.Definition,
        AcmeDnsProvider.Definition,
        AzureProvider.Definition,
        CloudflareProvider.Definition,
        DesecProvider.Definition,
        DigitalOceanProvider.Definition,
        GandiProvider.Definition,
        GoogleCloudProvider.Definition,
        GoDaddyProvider.Definition,
        HetznerProvider.Definition,
        LinodeProvider.Definition,
        OvhProvider.Definition,
        PorkbunProvider.Definition,
        Route53Provider.Definition,
        VultrProvider.Definition,
    ];

    /// <summary>Every name.</summary>
    public static IEnumerable<string> Names => All.Select(definition => definition.Name);

    /// <summary>The provider with this name, whatever its case; <c>acme-dns</c> is <c>acmedns</c>.</summary>
    public static DnsProviderDefinition? Find(string name)
    {
        var wanted = Fold(name);
        return All.FirstOrDefault(definition => Fold(definition.Name) == wanted);
    }

    private static string Fold(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
