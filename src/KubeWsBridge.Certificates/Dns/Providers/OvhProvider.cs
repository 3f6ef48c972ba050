using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>OVHcloud.</summary>
internal sealed partial class OvhProvider(DnsProviderParameters parameters, DnsProviderContext context) : RecordProvider
{
    private static readonly Dictionary<string, (string Api, string Tokens)> Endpoints = new(StringComparer.Ordinal)
    {
        ["ovh-eu"] = ("https://eu.api.ovh.com/1.0", "https://www.ovh.com/auth/oauth2/token"),
        ["ovh-ca"] = ("https://ca.api.ovh.com/1.0", "https://ca.ovh.com/auth/oauth2/token"),
        ["ovh-us"] = ("https://api.us.ovhcloud.com/1.0", "https://us.ovhcloud.com/auth/oauth2/token"),
    };

    private readonly ProviderApi _api = new(
        Definition.Name, Endpoints[parameters.Get("endpoint")].Api + "/", Authorize(parameters, context), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "ovh",
        Title = "OVHcloud",
        Documentation = "https://eu.api.ovh.com/console/?section=%2Fdomain",
        MinimumTtl = TimeSpan.FromSeconds(60),
        Remark = "Either application key, application secret and consumer key (`/createToken`), or a service account's client id and secret. Both need GET, POST and DELETE of "
            + "`/domain/zone/*`.",
        Parameters =
        [
            new()
            {
                Key = "endpoint",
                Meaning = "the region: ovh-eu, ovh-ca or ovh-us.",
                Default = "ovh-eu",
                Variables = ["OVH_ENDPOINT"],
                Examine = static text => Endpoints.ContainsKey(text) ? null : "is not known.",
            },
            new() { Key = "application_key", Meaning = "the application's key.", Variables = ["OVH_APPLICATION_KEY"] },
            new() { Key = "application_secret", Meaning = "the application's secret.", IsSecret = true, Variables = ["OVH_APPLICATION_SECRET"] },
            new() { Key = "consumer_key", Meaning = "the consumer key.", IsSecret = true, Variables = ["OVH_CONSUMER_KEY"] },
            new() { Key = "client_id", Meaning = "the service account's id.", Variables = ["OVH_CLIENT_ID"] },
            new() { Key = "client_secret", Meaning = "the service account's secret.", IsSecret = true, Variables = ["OVH_CLIENT_SECRET"] },
        ],
        Check = CheckCredentials,
        Make = static (parameters, context) => new OvhProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ProviderRecord> ListAsync(
        TxtRecord record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{Path(record)}/record?fieldType=TXT&subDomain={Uri.EscapeDataString(record.Host)}";
        foreach (var id in await _api.GetAsync(path, OvhJson.Default.IReadOnlyListInt64, cancellationToken))
            if (await _api.FindAsync($"{Path(record)}/record/{id}", OvhJson.Default.RecordShape, cancellationToken) is { } each)
                yield return new ProviderRecord(id.ToString(CultureInfo.InvariantCulture), each.SubDomain ?? "@", each.Target);
    }

    /// <inheritdoc/>
    protected override async Task CreateAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var shape = new RecordShape("TXT", record.Host, TxtText.Quote(record.Value), record.TtlSeconds);
        await _api.SendAsync(HttpMethod.Post, $"{Path(record)}/record", shape, OvhJson.Default.RecordShape, cancellationToken);
        await RefreshAsync(record, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task DeleteAsync(TxtRecord record, string id, CancellationToken cancellationToken)
    {
        await _api.DeleteAsync($"{Path(record)}/record/{id}", cancellationToken);
        await RefreshAsync(record, cancellationToken);
    }

    // Changes wait until the zone is told to take them over.
    private async Task RefreshAsync(TxtRecord record, CancellationToken cancellationToken) =>
        await _api.SendAsync(HttpMethod.Post, $"{Path(record)}/refresh", null, cancellationToken);

    private static string Path(TxtRecord record) => $"domain/zone/{record.Zone}";

    private static Authorize Authorize(DnsProviderParameters parameters, DnsProviderContext context)
    {
        var (api, tokens) = Endpoints[parameters.Get("endpoint")];
        if (parameters.Find("client_id") is null)
            return new OvhSignature(api, parameters, context).SignAsync;
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = parameters.Get("client_id"),
            ["client_secret"] = parameters.Get("client_secret"),
            ["scope"] = "all",
        };
        var source = new ProviderApi(Definition.Name, tokens, Authorization.None, parameters, context);
        return new OAuthSession(
            async cancellationToken => source.Read(
                await source.SendAsync(HttpMethod.Post, "", () => new FormUrlEncodedContent(form), cancellationToken), OAuthJson.Default.OAuthToken),
            context.Time).AuthorizeAsync;
    }

    private static ParameterFlaw? CheckCredentials(DnsProviderParameters parameters)
    {
        string[] application = ["application_key", "application_secret", "consumer_key"];
        string[] account = ["client_id", "client_secret"];
        var (hasApplication, hasAccount) = (application.Any(Has), account.Any(Has));
        return (hasApplication, hasAccount) switch
        {
            (true, true) => new ParameterFlaw("client_id", "and application_key are two ways to prove who one is.", "Give one of them."),
            (false, false) => new ParameterFlaw("application_key", "is missing, and so is client_id.",
                $"Give {string.Join(", ", application)}, or {string.Join(" and ", account)}."),
            _ => (hasApplication ? application : account).FirstOrDefault(key => !Has(key)) is { } missing
                ? new ParameterFlaw(missing, "is missing.", $"Give all of {string.Join(", ", hasApplication ? application : account)}.")
                : null,
        };

        bool Has(string key) => parameters.Find(key) is not null;
    }

    private sealed record RecordShape(string FieldType, string? SubDomain, string Target, int? Ttl);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(IReadOnlyList<long>))]
    [JsonSerializable(typeof(RecordShape))]
    private sealed partial class OvhJson : JsonSerializerContext;
}
