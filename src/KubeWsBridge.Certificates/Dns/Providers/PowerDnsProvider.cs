using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>PowerDNS Authoritative Server, by its HTTP interface.</summary>
internal sealed partial class PowerDnsProvider(DnsProviderParameters parameters, DnsProviderContext context) : RrsetProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name,
        $"{parameters.Get("server_url").TrimEnd('/')}/api/v1/servers/{Uri.EscapeDataString(parameters.Get("server_id"))}/",
        Authorization.Headers(("X-API-Key", parameters.GetSecret("api_token"))),
        parameters,
        context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "powerdns",
        Title = "PowerDNS",
        Documentation = "https://doc.powerdns.com/authoritative/http-api/",
        Remark = "The server needs `api=yes`, `api-key=…` and `webserver-allow-from` with this machine's address.",
        Parameters =
        [
            new()
            {
                Key = "server_url",
                Meaning = "the address of the server's interface, such as http://127.0.0.1:8081.",
                IsRequired = true,
                Variables = ["PDNS_API_URL"],
                Examine = WebAddress.Examine,
            },
            new() { Key = "server_id", Meaning = "the server's name.", Default = "localhost", Variables = ["PDNS_SERVER_NAME"] },
            new() { Key = "api_token", Meaning = "the server's api-key.", IsRequired = true, IsSecret = true, Variables = ["PDNS_API_KEY"] },
        ],
        Make = static (parameters, context) => new PowerDnsProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var name = DnsName.Absolute(record.Name);
        // Versions before 4.4 do not know the filter and show the whole zone.
        var zone = await _api.GetAsync($"{Zone(record)}?rrset_name={name}&rrset_type=TXT", PowerDnsJson.Default.ZoneShape, cancellationToken);
        var set = zone.Rrsets.FirstOrDefault(set => set.Type == "TXT" && DnsName.Normalize(set.Name) == record.Name);
        // Disabled ones are nobody's answer, but they are somebody's values: they are kept by being written back as they are.
        return set is { Records.Count: > 0 } ? new Rrset([.. set.Records.Select(each => (each.Disabled ? Off : "") + each.Content)], set.Ttl) : null;
    }

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken)
    {
        var set = new SetShape
        {
            Name = DnsName.Absolute(record.Name),
            Type = "TXT",
            Ttl = after?.Ttl ?? 0,
            Changetype = after is null ? "DELETE" : "REPLACE",
            Records = [.. (after?.Values ?? []).Select(value => value.StartsWith(Off, StringComparison.Ordinal)
                ? new ValueShape(value[Off.Length..], true)
                : new ValueShape(value, false))],
        };
        await _api.SendAsync(HttpMethod.Patch, Zone(record), new ZoneShape([set]), PowerDnsJson.Default.ZoneShape, cancellationToken);
        return true;
    }

    private const string Off = "disabled ";

    private static string Zone(TxtRecord record) => $"zones/{DnsName.Absolute(record.Zone)}";

    private sealed record ZoneShape(IReadOnlyList<SetShape> Rrsets);

    private sealed record SetShape
    {
        public required string Name { get; init; }

        public required string Type { get; init; }

        public int Ttl { get; init; }

        public string? Changetype { get; init; }

        public IReadOnlyList<ValueShape> Records { get; init; } = [];
    }

    private sealed record ValueShape(string Content, bool Disabled);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ZoneShape))]
    private sealed partial class PowerDnsJson : JsonSerializerContext;
}
