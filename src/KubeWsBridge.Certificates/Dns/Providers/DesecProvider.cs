using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>deSEC.</summary>
internal sealed partial class DesecProvider(DnsProviderParameters parameters, DnsProviderContext context) : RrsetProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name, "https://desec.io/api/v1/", Authorization.Scheme("Token", parameters.GetSecret("token")), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "desec",
        Title = "deSEC",
        Documentation = "https://desec.readthedocs.io/en/latest/dns/rrsets.html",
        MinimumTtl = TimeSpan.FromSeconds(3600),
        Remark = "A token that may write the domain's records; a policy may limit it to TXT. deSEC allows 2 changes a second, 15 a minute, 100 an hour and 300 a day to a domain.",
        Parameters =
        [
            new() { Key = "token", Meaning = "an access token.", IsRequired = true, IsSecret = true, Variables = ["DESEC_TOKEN"] },
        ],
        Make = static (parameters, context) => new DesecProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken) =>
        await _api.FindAsync(Path(record), DesecJson.Default.SetShape, cancellationToken) is { } set ? new Rrset(set.Records, set.Ttl) : null;

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken)
    {
        if (after is null)
            await _api.DeleteAsync(Path(record), cancellationToken);
        else if (before is not null)
            await _api.SendAsync(HttpMethod.Patch, Path(record), Shape(null), DesecJson.Default.SetShape, cancellationToken);
        else
            await _api.SendAsync(HttpMethod.Post, $"domains/{record.Zone}/rrsets/", Shape(record.Host), DesecJson.Default.SetShape, cancellationToken);
        return true;

        SetShape Shape(string? subname) => new(after.Values, after.Ttl, subname, subname is null ? null : "TXT");
    }

    private static string Path(TxtRecord record) => $"domains/{record.Zone}/rrsets/{record.HostOrAt}/TXT/";

    private sealed record SetShape(IReadOnlyList<string> Records, int Ttl, string? Subname, string? Type);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(SetShape))]
    private sealed partial class DesecJson : JsonSerializerContext;
}
