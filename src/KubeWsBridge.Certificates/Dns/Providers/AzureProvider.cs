using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Azure DNS.</summary>
internal sealed partial class AzureProvider(DnsProviderParameters parameters, DnsProviderContext context) : RrsetProvider
{
    private const string Version = "?api-version=2018-05-01";

    private readonly OAuthSession _session = new(new AzureTokens(parameters, context).FetchAsync, context.Time);

    private readonly string _zones = "https://management.azure.com/subscriptions/" + Uri.EscapeDataString(parameters.Get("subscription_id"))
        + $"/resourceGroups/{Uri.EscapeDataString(parameters.Get("resource_group_name"))}/providers/Microsoft.Network/dnsZones/";

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "azure",
        Title = "Azure DNS",
        Documentation = "https://learn.microsoft.com/rest/api/dns/record-sets",
        Remark = "The application needs the role DNS Zone Contributor for the zone. With `client_secret` it proves itself by that, else by AKS's workload identity, whose webhook "
            + "sets `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_FEDERATED_TOKEN_FILE`.",
        Parameters =
        [
            new() { Key = "subscription_id", Meaning = "the subscription's id.", IsRequired = true, Variables = ["AZURE_SUBSCRIPTION_ID"] },
            new() { Key = "resource_group_name", Meaning = "the resource group the zone is in.", IsRequired = true, Variables = ["AZURE_RESOURCE_GROUP"] },
            new() { Key = "tenant_id", Meaning = "the tenant's id.", IsRequired = true, Variables = ["AZURE_TENANT_ID"] },
            new() { Key = "client_id", Meaning = "the application's id.", IsRequired = true, Variables = ["AZURE_CLIENT_ID"] },
            new() { Key = "client_secret", Meaning = "the application's secret.", IsSecret = true, Variables = ["AZURE_CLIENT_SECRET"] },
            new() { Key = "federated_token", Meaning = "the path of the file with the workload's token.", Variables = ["AZURE_FEDERATED_TOKEN_FILE"] },
        ],
        Check = static parameters => parameters.Find("client_secret") is not null || parameters.Find("federated_token") is not null ? null
            : new ParameterFlaw("client_secret", "is missing, and there is no workload identity.", "Give client_secret, or federated_token with the path of a token's file."),
        Make = static (parameters, context) => new AzureProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override string Spell(string value) => value;

    /// <inheritdoc/>
    protected override async Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var set = await Api(null).FindAsync(Path(record), AzureJson.Default.SetShape, cancellationToken);
        // A value may be of several strings, which stay apart behind a character that no value has.
        return set is null ? null : new Rrset([.. set.Properties.TXTRecords.Select(each => string.Join(Seam, each.Value))], set.Properties.TTL, set.Etag);
    }

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken)
    {
        var api = Api(before);
        var answer = after is null
            ? await api.ExchangeAsync(HttpMethod.Delete, Path(record), null, cancellationToken)
            : await api.ExchangeAsync(HttpMethod.Put, Path(record), ProviderApi.Content(Shape(after), AzureJson.Default.SetShape), cancellationToken);
        if (answer.Status == HttpStatusCode.PreconditionFailed)
            return false;
        api.Check(answer);
        return true;
    }

    private const char Seam = '\u0001';

    private static SetShape Shape(Rrset set) =>
        new(null, new PropertiesShape(set.Ttl, [.. set.Values.Select(value => new ValueShape(value.Split(Seam)))]));

    private static string Path(TxtRecord record) => $"{record.Zone}/TXT/{record.HostOrAt}{Version}";

    // Writing is allowed only to what was read: that very version, or nothing at all.
    private ProviderApi Api(Rrset? before) => new(Definition.Name, _zones, async (request, cancellationToken) =>
    {
        await _session.AuthorizeAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get)
            return;
        if (before?.Version is { } version)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        else
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
    }, parameters, context);

    private sealed record SetShape([property: JsonPropertyName("etag")] string? Etag, [property: JsonPropertyName("properties")] PropertiesShape Properties);

    private sealed record PropertiesShape(int TTL, IReadOnlyList<ValueShape> TXTRecords);

    private sealed record ValueShape([property: JsonPropertyName("value")] IReadOnlyList<string> Value);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(SetShape))]
    private sealed partial class AzureJson : JsonSerializerContext;
}
