using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>Porkbun.</summary>
internal sealed partial class PorkbunProvider(DnsProviderParameters parameters, DnsProviderContext context) : RecordProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name,
        "https://api.porkbun.com/api/json/v3/dns/",
        Authorization.Headers(("X-API-Key", parameters.GetSecret("api_key")), ("X-Secret-API-Key", parameters.GetSecret("api_secret_key"))),
        parameters,
        context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "porkbun",
        Title = "Porkbun",
        Documentation = "https://porkbun.com/api/json/v3/documentation",
        MinimumTtl = TimeSpan.FromSeconds(600),
        Remark = "API access must be switched on for the domain, besides making the key.",
        Parameters =
        [
            new() { Key = "api_key", Meaning = "the API key.", IsRequired = true, IsSecret = true, Variables = ["PORKBUN_API_KEY"] },
            new() { Key = "api_secret_key", Meaning = "the secret API key.", IsRequired = true, IsSecret = true, Variables = ["PORKBUN_SECRET_API_KEY"] },
        ],
        Make = static (parameters, context) => new PorkbunProvider(parameters, context),
    };

    /// <inheritdoc/>
    public override string Name => Definition.Name;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ProviderRecord> ListAsync(
        TxtRecord record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = await PostAsync($"retrieveByNameType/{record.Zone}/TXT/{record.Host}", new RecordShape(), cancellationToken);
        foreach (var each in answer.Records ?? [])
            yield return new ProviderRecord(each.Id!, each.Name!, each.Content!);
    }

    /// <inheritdoc/>
    protected override async Task CreateAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var shape = new RecordShape(Name: record.Host, Type: "TXT", Content: record.Value, Ttl: $"{record.TtlSeconds}");
        await PostAsync($"create/{record.Zone}", shape, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task DeleteAsync(TxtRecord record, string id, CancellationToken cancellationToken) =>
        await PostAsync($"delete/{record.Zone}/{id}", new RecordShape(), cancellationToken);

    private async Task<Answer> PostAsync(string path, RecordShape body, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(HttpMethod.Post, path, body, PorkbunJson.Default.RecordShape, cancellationToken);
        var read = _api.Read(answer, PorkbunJson.Default.Answer);
        // Refusals have been seen with 200 as well as with 400.
        return read.Status == "SUCCESS" ? read : throw _api.Refusal(answer);
    }

    private sealed record Answer(string Status, IReadOnlyList<RecordShape>? Records);

    private sealed record RecordShape(string? Id = null, string? Name = null, string? Type = null, string? Content = null, string? Ttl = null);

    // Numbers come as text or as numbers, differently by call and version.
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = [typeof(TextOrNumber)])]
    [JsonSerializable(typeof(RecordShape))]
    [JsonSerializable(typeof(Answer))]
    private sealed partial class PorkbunJson : JsonSerializerContext;
}
