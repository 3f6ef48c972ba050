using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>GoDaddy.</summary>
internal sealed partial class GoDaddyProvider(DnsProviderParameters parameters, DnsProviderContext context) : RrsetProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name, "https://api.godaddy.com/v1/", Authorization.Scheme("sso-key", parameters.GetSecret("api_token")), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "godaddy",
        Title = "GoDaddy",
        Documentation = "https://developer.godaddy.com/doc/endpoint/domains",
        MinimumTtl = TimeSpan.FromSeconds(600),
        Remark = "A production key. GoDaddy answers keys of accounts with few domains with 403.",
        Parameters =
        [
            new()
            {
                Key = "api_token",
                Meaning = "the key and the secret with a colon between them: KEY:SECRET.",
                IsRequired = true,
                IsSecret = true,
                Examine = static text => text.Contains(':', StringComparison.Ordinal) ? null : "has no colon between key and secret.",
            },
        ],
        Make = static (parameters, context) => new GoDaddyProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override string Spell(string value) => value;

    /// <inheritdoc/>
    protected override async Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken) =>
        await _api.FindAsync(Path(record), GoDaddyJson.Default.IReadOnlyListRecordShape, cancellationToken) is { Count: > 0 } list
            ? new Rrset([.. list.Select(each => each.Data)], list[0].Ttl)
            : null;

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            await _api.DeleteAsync(Path(record), cancellationToken);
            return true;
        }
        IReadOnlyList<RecordShape> list = [.. after.Values.Select(value => new RecordShape(value, after.Ttl))];
        await _api.SendAsync(HttpMethod.Put, Path(record), list, GoDaddyJson.Default.IReadOnlyListRecordShape, cancellationToken);
        return true;
    }

    private static string Path(TxtRecord record) => $"domains/{record.Zone}/records/TXT/{record.HostOrAt}";

    private sealed record RecordShape(string Data, int Ttl);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(IReadOnlyList<RecordShape>))]
    private sealed partial class GoDaddyJson : JsonSerializerContext;
}
