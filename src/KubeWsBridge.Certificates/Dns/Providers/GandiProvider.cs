using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Gandi LiveDNS.</summary>
internal sealed partial class GandiProvider(DnsProviderParameters parameters, DnsProviderContext context) : RrsetProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name, "https://api.gandi.net/v5/livedns/", Authorization.Bearer(parameters.GetSecret("api_token")), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "gandi",
        Title = "Gandi LiveDNS",
        Documentation = "https://api.gandi.net/docs/livedns/",
        MinimumTtl = TimeSpan.FromSeconds(300),
        Remark = "A personal access token with \"Manage domain name technical configurations\" for the domain.",
        Parameters =
        [
            new() { Key = "api_token", Meaning = "a personal access token.", IsRequired = true, IsSecret = true, Variables = ["GANDIV5_PERSONAL_ACCESS_TOKEN"] },
        ],
        Make = static (parameters, context) => new GandiProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken) =>
        await _api.FindAsync(Path(record), GandiJson.Default.SetShape, cancellationToken) is { } set ? new Rrset(set.RrsetValues, set.RrsetTtl) : null;

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken)
    {
        if (after is null)
            await _api.DeleteAsync(Path(record), cancellationToken);
        else
            await _api.SendAsync(HttpMethod.Put, Path(record), new SetShape(after.Values, after.Ttl), GandiJson.Default.SetShape, cancellationToken);
        return true;
    }

    private static string Path(TxtRecord record) => $"domains/{record.Zone}/records/{record.HostOrAt}/TXT";

    private sealed record SetShape(IReadOnlyList<string> RrsetValues, int RrsetTtl);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(SetShape))]
    private sealed partial class GandiJson : JsonSerializerContext;
}
