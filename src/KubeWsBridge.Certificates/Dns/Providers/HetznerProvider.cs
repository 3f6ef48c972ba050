using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Hetzner, by its Cloud interface, which adds and removes single values itself.</summary>
internal sealed partial class HetznerProvider(DnsProviderParameters parameters, DnsProviderContext context) : IDnsProvider
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ProviderApi _api = new(
        Definition.Name, "https://api.hetzner.cloud/v1/", Authorization.Bearer(parameters.GetSecret("auth_api_token")), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "hetzner",
        Title = "Hetzner",
        Documentation = "https://docs.hetzner.cloud/reference/cloud#zone-rrset-actions",
        MinimumTtl = TimeSpan.FromSeconds(60),
        Remark = "An API token with Read & Write of the project the zone is in, from the Cloud Console. Tokens of the old DNS Console (dns.hetzner.com) do not work; move the zone.",
        Parameters =
        [
            new() { Key = "auth_api_token", Meaning = "an API token.", IsRequired = true, IsSecret = true, Variables = ["HETZNER_API_TOKEN", "HCLOUD_TOKEN"] },
        ],
        Make = static (parameters, context) => new HetznerProvider(parameters, context),
    };

    /// <inheritdoc/>
    public string Name => Definition.Name;

    /// <inheritdoc/>
    public async Task AddAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var set = await FindAsync(record, cancellationToken);
        if (set is not null && set.Has(record.Value))
            return;
        // A set has one time to live, and adding to it with another is refused.
        await ActAsync(record, "add_records", new Change([Value(record)], set is null ? record.TtlSeconds : null), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        if (await FindAsync(record, cancellationToken) is { } set && set.Has(record.Value))
            await ActAsync(record, "remove_records", new Change([Value(record)], null), cancellationToken);
    }

    private async Task<SetShape?> FindAsync(TxtRecord record, CancellationToken cancellationToken) =>
        (await _api.FindAsync(Path(record), HetznerJson.Default.SetAnswer, cancellationToken))?.Rrset;

    private async Task ActAsync(TxtRecord record, string verb, Change change, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(HttpMethod.Post, $"{Path(record)}/actions/{verb}", change, HetznerJson.Default.Change, cancellationToken);
        var action = _api.Read(answer, HetznerJson.Default.ActionAnswer).Action;
        while (action.Status == "running")
        {
            await Task.Delay(Pause, context.Time, cancellationToken);
            action = (await _api.GetAsync($"actions/{action.Id}", HetznerJson.Default.ActionAnswer, cancellationToken)).Action;
        }
        if (action.Status == "error")
            throw new DnsException($"hetzner failed to do {verb} at {record.Name}: {action.Error?.Message ?? "it does not say why"} ({action.Error?.Code}).");
    }

    private static string Path(TxtRecord record) => $"zones/{record.Zone}/rrsets/{record.HostOrAt}/TXT";

    private static ValueShape Value(TxtRecord record) => new(TxtText.Quote(record.Value));

    private sealed record Change(IReadOnlyList<ValueShape> Records, int? Ttl);

    private sealed record ValueShape(string Value);

    private sealed record SetAnswer(SetShape Rrset);

    private sealed record SetShape(IReadOnlyList<ValueShape> Records)
    {
        public bool Has(string value) => Records.Any(record => TxtText.Unquote(record.Value) == value);
    }

    private sealed record ActionAnswer(ActionShape Action);

    private sealed record ActionShape(long Id, string Status, ErrorShape? Error);

    private sealed record ErrorShape(string Code, string Message);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Change))]
    [JsonSerializable(typeof(SetAnswer))]
    [JsonSerializable(typeof(ActionAnswer))]
    private sealed partial class HetznerJson : JsonSerializerContext;
}
