using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Linode (Akamai).</summary>
internal sealed partial class LinodeProvider(DnsProviderParameters parameters, DnsProviderContext context) : RecordProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name,
        $"{parameters.Get("api_url").TrimEnd('/')}/{parameters.Get("api_version")}/",
        Authorization.Bearer(parameters.GetSecret("api_token")),
        parameters,
        context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "linode",
        Title = "Linode (Akamai)",
        Documentation = "https://techdocs.akamai.com/linode-api/reference/post-domain-record",
        MinimumTtl = TimeSpan.FromSeconds(30),
        Remark = "A personal access token with Read/Write of Domains. Linode rounds times to live up: 30, 120, 300, 3600 … Its servers take new records over every few minutes: "
            + "set `--tls-propagation-timeout` to 15m or more.",
        Parameters =
        [
            new() { Key = "api_token", Meaning = "a personal access token.", IsRequired = true, IsSecret = true, Variables = ["LINODE_TOKEN"] },
            new() { Key = "api_url", Meaning = "the interface's address.", Default = "https://api.linode.com", Examine = WebAddress.Examine },
            new() { Key = "api_version", Meaning = "the interface's version.", Default = "v4" },
        ],
        Make = static (parameters, context) => new LinodeProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ProviderRecord> ListAsync(
        TxtRecord record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = await PathAsync(record, cancellationToken);
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var list = await _api.GetAsync($"{path}?page_size=100&page={page}", LinodeJson.Default.RecordPage, cancellationToken);
            foreach (var each in list.Data.Where(each => each.Type == "TXT"))
                yield return new ProviderRecord(each.Id!.Value.ToString(CultureInfo.InvariantCulture), each.Name, each.Target);
            pages = list.Pages;
        }
    }

    /// <inheritdoc/>
    protected override async Task CreateAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var shape = new RecordShape(null, "TXT", record.Host, record.Value, record.TtlSeconds);
        await _api.SendAsync(HttpMethod.Post, await PathAsync(record, cancellationToken), shape, LinodeJson.Default.RecordShape, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task DeleteAsync(TxtRecord record, string id, CancellationToken cancellationToken) =>
        await _api.DeleteAsync($"{await PathAsync(record, cancellationToken)}/{id}", cancellationToken);

    private async Task<string> PathAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var list = await _api.GetAsync($"domains?page_size=100&page={page}", LinodeJson.Default.DomainPage, cancellationToken);
            if (list.Data.FirstOrDefault(domain => DnsName.Normalize(domain.Domain) == record.Zone) is { } domain)
                return $"domains/{domain.Id}/records";
            pages = list.Pages;
        }
        throw new DnsException($"linode shows no domain {record.Zone} to this token. Check the account and the token's right to read Domains.");
    }

    private sealed record DomainPage(IReadOnlyList<DomainShape> Data, int Pages);

    private sealed record DomainShape(long Id, string Domain);

    private sealed record RecordPage(IReadOnlyList<RecordShape> Data, int Pages);

    private sealed record RecordShape(long? Id, string Type, string Name, string Target, int TtlSec);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(DomainPage))]
    [JsonSerializable(typeof(RecordPage))]
    private sealed partial class LinodeJson : JsonSerializerContext;
}
