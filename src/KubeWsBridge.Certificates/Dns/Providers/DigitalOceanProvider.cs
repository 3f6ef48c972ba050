using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>DigitalOcean.</summary>
internal sealed partial class DigitalOceanProvider(DnsProviderParameters parameters, DnsProviderContext context) : RecordProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name, "https://api.digitalocean.com/v2/", Authorization.Bearer(parameters.GetSecret("auth_token")), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "digitalocean",
        Title = "DigitalOcean",
        Documentation = "https://docs.digitalocean.com/reference/api/digitalocean/#tag/Domain-Records",
        MinimumTtl = TimeSpan.FromSeconds(30),
        Remark = "A personal access token with `domain:read`, `domain:create`, `domain:update` and `domain:delete`.",
        Parameters =
        [
            new() { Key = "auth_token", Meaning = "a personal access token.", IsRequired = true, IsSecret = true, Variables = ["DO_AUTH_TOKEN"] },
        ],
        Make = static (parameters, context) => new DigitalOceanProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ProviderRecord> ListAsync(
        TxtRecord record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = 1; ; page++)
        {
            var path = $"{Path(record)}?type=TXT&name={record.Name}&per_page=200&page={page}";
            var list = await _api.GetAsync(path, DigitalOceanJson.Default.RecordPage, cancellationToken);
            foreach (var each in list.DomainRecords)
                yield return new ProviderRecord(each.Id!.Value.ToString(CultureInfo.InvariantCulture), each.Name, each.Data);
            if (list.Links?.Pages?.Next is null)
                yield break;
        }
    }

    /// <inheritdoc/>
    protected override async Task CreateAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var shape = new RecordShape(null, "TXT", record.HostOrAt, record.Value, record.TtlSeconds);
        await _api.SendAsync(HttpMethod.Post, Path(record), shape, DigitalOceanJson.Default.RecordShape, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(TxtRecord record, string id, CancellationToken cancellationToken) =>
        _api.DeleteAsync($"{Path(record)}/{id}", cancellationToken);

    private static string Path(TxtRecord record) => $"domains/{record.Zone}/records";

    private sealed record RecordPage(IReadOnlyList<RecordShape> DomainRecords, LinksShape? Links);

    private sealed record LinksShape(PagesShape? Pages);

    private sealed record PagesShape(string? Next);

    private sealed record RecordShape(long? Id, string Type, string Name, string Data, int Ttl);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(RecordPage))]
    private sealed partial class DigitalOceanJson : JsonSerializerContext;
}
