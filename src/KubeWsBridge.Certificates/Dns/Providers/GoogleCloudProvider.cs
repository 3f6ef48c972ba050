using System.Net;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Google Cloud DNS.</summary>
internal sealed partial class GoogleCloudProvider(DnsProviderParameters parameters, DnsProviderContext context) : RrsetProvider
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ProviderApi _api = new(
        Definition.Name,
        $"https://dns.googleapis.com/dns/v1/projects/{Uri.EscapeDataString(parameters.Get("gcp_project"))}/managedZones",
        new OAuthSession(new GoogleTokens(parameters, context).FetchAsync, context.Time).AuthorizeAsync,
        parameters,
        context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "gcloud",
        Title = "Google Cloud DNS",
        Documentation = "https://cloud.google.com/dns/docs/reference/rest/v1",
        Remark = "The service account needs the role DNS Administrator, or `dns.managedZones.list`, `dns.resourceRecordSets.*`, `dns.changes.create` and `dns.changes.get`. "
            + "Without `gcp_application_default` the token comes from the metadata server, as on Compute Engine and with GKE's workload identity.",
        Parameters =
        [
            new() { Key = "gcp_project", Meaning = "the project's id.", IsRequired = true, Variables = ["GCE_PROJECT"] },
            new()
            {
                Key = "gcp_application_default",
                Meaning = "the service account's key, the JSON text itself; usually given as gcp_application_default_file.",
                IsSecret = true,
                Variables = ["GCE_SERVICE_ACCOUNT"],
                Examine = GoogleTokens.Examine,
            },
            new() { Key = "gcp_zone", Meaning = "the managed zone's name, where the domain does not tell it.", Variables = ["GCE_ZONE_ID"] },
        ],
        Make = static (parameters, context) => new GoogleCloudProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var path = $"/{await ZoneAsync(record, cancellationToken)}/rrsets?name={DnsName.Absolute(record.Name)}&type=TXT";
        var list = await _api.GetAsync(path, GoogleCloudJson.Default.SetPage, cancellationToken);
        return list.Rrsets is [var set, ..] ? new Rrset(set.Rrdatas, set.Ttl) : null;
    }

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken)
    {
        var path = $"/{await ZoneAsync(record, cancellationToken)}/changes";
        var body = new Change(null, null, Sets(record, after), Sets(record, before));
        var answer = await _api.ExchangeAsync(HttpMethod.Post, path, ProviderApi.Content(body, GoogleCloudJson.Default.Change), cancellationToken);
        // A deletion must name what is there, an addition may not meet anything: this is how the interface says that somebody was faster.
        if (answer.Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            || (answer.Status == HttpStatusCode.NotFound && before is not null))
            return false;
        var change = _api.Read(_api.Check(answer), GoogleCloudJson.Default.Change);
        while (change.Status == "pending")
        {
            await Task.Delay(Pause, context.Time, cancellationToken);
            change = await _api.GetAsync($"{path}/{change.Id}", GoogleCloudJson.Default.Change, cancellationToken);
        }
        return true;
    }

    private async Task<string> ZoneAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        if (parameters.Find("gcp_zone") is { } known)
            return known;
        for (var token = ""; ;)
        {
            var path = $"?dnsName={DnsName.Absolute(record.Zone)}&pageToken={Uri.EscapeDataString(token)}";
            var list = await _api.GetAsync(path, GoogleCloudJson.Default.ZonePage, cancellationToken);
            if (list.ManagedZones?.FirstOrDefault(zone => zone.Visibility != "private") is { } zone)
                return zone.Name;
            token = list.NextPageToken ?? throw new DnsException(
                $"gcloud shows no public managed zone for {record.Zone} in project {parameters.Get("gcp_project")}. Check gcp_project, or give gcp_zone.");
        }
    }

    private static List<SetShape>? Sets(TxtRecord record, Rrset? set) =>
        set is null ? null : [new SetShape(DnsName.Absolute(record.Name), "TXT", set.Ttl, set.Values)];

    private sealed record ZonePage(IReadOnlyList<ZoneShape>? ManagedZones, string? NextPageToken);

    private sealed record ZoneShape(string Name, string? Visibility);

    private sealed record SetPage(IReadOnlyList<SetShape> Rrsets);

    private sealed record SetShape(string Name, string Type, int Ttl, IReadOnlyList<string> Rrdatas);

    private sealed record Change(string? Id, string? Status, IReadOnlyList<SetShape>? Additions, IReadOnlyList<SetShape>? Deletions);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ZonePage))]
    [JsonSerializable(typeof(SetPage))]
    [JsonSerializable(typeof(Change))]
    private sealed partial class GoogleCloudJson : JsonSerializerContext;
}
