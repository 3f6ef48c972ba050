using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Vultr.</summary>
internal sealed partial class VultrProvider(DnsProviderParameters parameters, DnsProviderContext context) : RecordProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name, "https://api.vultr.com/v2/", Authorization.Bearer(parameters.GetSecret("api_token")), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "vultr",
        Title = "Vultr",
        Documentation = "https://www.vultr.com/api/#tag/dns",
        MinimumTtl = TimeSpan.FromSeconds(120),
        Remark = "The API key's access control list must contain this machine's address.",
        Parameters =
        [
            new() { Key = "api_token", Meaning = "the API key.", IsRequired = true, IsSecret = true, Variables = ["VULTR_API_KEY"] },
        ],
        Make = static (parameters, context) => new VultrProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ProviderRecord> ListAsync(
        TxtRecord record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var cursor = ""; ;)
        {
            var list = await _api.GetAsync(
                $"{Path(record)}?per_page=500&cursor={Uri.EscapeDataString(cursor)}", VultrJson.Default.RecordPage, cancellationToken);
            foreach (var each in list.Records.Where(each => each.Type == "TXT"))
                yield return new ProviderRecord(each.Id!, each.Name, each.Data);
            if (list.Meta?.Links?.Next is not { Length: > 0 } next)
                yield break;
            cursor = next;
        }
    }

    /// <inheritdoc/>
    protected override async Task CreateAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var shape = new RecordShape(null, "TXT", record.Host, TxtText.Quote(record.Value), record.TtlSeconds);
        await _api.SendAsync(HttpMethod.Post, Path(record), shape, VultrJson.Default.RecordShape, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(TxtRecord record, string id, CancellationToken cancellationToken) =>
        _api.DeleteAsync($"{Path(record)}/{id}", cancellationToken);

    private static string Path(TxtRecord record) => $"domains/{record.Zone}/records";

    private sealed record RecordPage(IReadOnlyList<RecordShape> Records, MetaShape? Meta);

    private sealed record MetaShape(LinksShape? Links);

    private sealed record LinksShape(string? Next);

    private sealed record RecordShape(string? Id, string Type, string Name, string Data, int Ttl);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(RecordPage))]
    private sealed partial class VultrJson : JsonSerializerContext;
}
