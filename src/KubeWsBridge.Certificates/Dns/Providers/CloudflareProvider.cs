using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Cloudflare.</summary>
internal sealed partial class CloudflareProvider(DnsProviderParameters parameters, DnsProviderContext context) : RecordProvider
{
    private readonly ProviderApi _records = Connect(parameters, parameters.GetSecret("api_token"), context);
    private readonly ProviderApi _zones = Connect(parameters, parameters.FindSecret("zone_token") ?? parameters.GetSecret("api_token"), context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "cloudflare",
        Title = "Cloudflare",
        Documentation = "https://developers.cloudflare.com/api/resources/dns/subresources/records/",
        MinimumTtl = TimeSpan.FromSeconds(60),
        Remark = "An API token (not the global key) with Zone → DNS → Edit and Zone → Zone → Read for the zone. A token that may only edit DNS needs a second one, "
            + "`zone_token`, with Zone → Zone → Read.",
        Parameters =
        [
            new() { Key = "api_token", Meaning = "an API token.", IsRequired = true, IsSecret = true, Variables = ["CF_DNS_API_TOKEN", "CLOUDFLARE_DNS_API_TOKEN"] },
            new() { Key = "zone_token", Meaning = "the API token to look up the zone with, if another.", IsSecret = true, Variables = ["CF_ZONE_API_TOKEN", "CLOUDFLARE_ZONE_API_TOKEN"] },
        ],
        Make = static (parameters, context) => new CloudflareProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ProviderRecord> ListAsync(
        TxtRecord record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{await ZoneAsync(record, cancellationToken)}/dns_records?type=TXT&name={record.Name}&per_page=100&page=";
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var list = await _records.GetAsync($"{path}{page}", CloudflareJson.Default.RecordPage, cancellationToken);
            foreach (var each in list.Result)
                yield return new ProviderRecord(each.Id!, each.Name, each.Content);
            pages = list.ResultInfo?.TotalPages ?? 1;
        }
    }

    /// <inheritdoc/>
    protected override async Task CreateAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var shape = new RecordShape(null, "TXT", record.Name, TxtText.Quote(record.Value), record.TtlSeconds);
        await _records.SendAsync(
            HttpMethod.Post, $"{await ZoneAsync(record, cancellationToken)}/dns_records", shape, CloudflareJson.Default.RecordShape, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task DeleteAsync(TxtRecord record, string id, CancellationToken cancellationToken) =>
        await _records.DeleteAsync($"{await ZoneAsync(record, cancellationToken)}/dns_records/{id}", cancellationToken);

    private async Task<string> ZoneAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var list = await _zones.GetAsync($"zones?name={record.Zone}", CloudflareJson.Default.ZonePage, cancellationToken);
        return list.Result is [var zone, ..] ? $"zones/{zone.Id}"
            : throw new DnsException($"cloudflare shows no zone {record.Zone} to this token. Give it Zone → Zone → Read for that zone, or check the account.");
    }

    private static ProviderApi Connect(DnsProviderParameters parameters, ProviderSecret token, DnsProviderContext context) =>
        new(Definition.Name, "https://api.cloudflare.com/client/v4/", Authorization.Bearer(token), parameters, context);

    private sealed record ZonePage(IReadOnlyList<ZoneShape> Result);

    private sealed record ZoneShape(string Id, string Name);

    private sealed record RecordPage(IReadOnlyList<RecordShape> Result, PageShape? ResultInfo);

    private sealed record PageShape(int TotalPages);

    private sealed record RecordShape(string? Id, string Type, string Name, string Content, int Ttl);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ZonePage))]
    [JsonSerializable(typeof(RecordPage))]
    private sealed partial class CloudflareJson : JsonSerializerContext;
}
