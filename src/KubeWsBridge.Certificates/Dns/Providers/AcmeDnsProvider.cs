using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>acme-dns: a small server that answers nothing but challenges, which <c>_acme-challenge</c> is delegated to by CNAME.</summary>
internal sealed partial class AcmeDnsProvider(DnsProviderParameters parameters, DnsProviderContext context) : IDnsProvider
{
    private readonly string _subdomain = parameters.Get("subdomain");

    private readonly ProviderApi _api = new(
        Definition.Name,
        parameters.Get("server_url").TrimEnd('/') + "/",
        Authorization.Headers(("X-Api-User", parameters.GetSecret("username")), ("X-Api-Key", parameters.GetSecret("password"))),
        parameters,
        context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "acmedns",
        Title = "acme-dns",
        Documentation = "https://github.com/acme-dns/acme-dns#api",
        Remark = "Register once (`POST /register`) and make `_acme-challenge.example.com` a CNAME of the `fulldomain` it gives. acme-dns keeps the last two values and "
            + "has no way to remove one, so nothing is removed.",
        Parameters =
        [
            new()
            {
                Key = "server_url",
                Meaning = "the server's address, such as https://auth.acme-dns.io.",
                IsRequired = true,
                Variables = ["ACME_DNS_API_BASE"],
                Examine = WebAddress.Examine,
            },
            new() { Key = "username", Meaning = "the user that registering gave.", IsRequired = true, IsSecret = true },
            new() { Key = "password", Meaning = "the password that registering gave.", IsRequired = true, IsSecret = true },
            new() { Key = "subdomain", Meaning = "the subdomain that registering gave.", IsRequired = true },
        ],
        Make = static (parameters, context) => new AcmeDnsProvider(parameters, context),
    };

    /// <inheritdoc/>
    public string Name => Definition.Name;

    /// <inheritdoc/>
    public async Task AddAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        if (!record.Name.Split('.')[0].Equals(_subdomain, StringComparison.OrdinalIgnoreCase))
            throw new DnsException($"acmedns: {record.Name} is not the subdomain {_subdomain} of the acme-dns server, so nobody would see the record. "
                + $"Make _acme-challenge of your domain a CNAME of {_subdomain}.<domain of the acme-dns server>.");
        await _api.SendAsync(HttpMethod.Post, "update", new Update(_subdomain, record.Value), AcmeDnsJson.Default.Update, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed record Update(string Subdomain, string Txt);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Update))]
    private sealed partial class AcmeDnsJson : JsonSerializerContext;
}
