using System.Text.Json.Serialization;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>A web service of the operator's own, called as lego calls it.</summary>
internal sealed partial class HttpReqProvider(DnsProviderParameters parameters, DnsProviderContext context) : IDnsProvider
{
    private readonly ProviderApi _api = new(
        Definition.Name, parameters.Get("endpoint").TrimEnd('/') + "/", Authorize(parameters), parameters, context);

    /// <summary>Its row of the table.</summary>
    public static DnsProviderDefinition Definition { get; } = new()
    {
        Name = "httpreq",
        Title = "A web service of your own",
        Documentation = "https://go-acme.github.io/lego/dns/httpreq/",
        Remark = "The service gets `POST ENDPOINT/present` and `POST ENDPOINT/cleanup` with `{\"fqdn\": \"_acme-challenge.example.com.\", \"value\": \"…\"}`, adds or removes "
            + "that one value, and answers with 2xx. lego's RAW mode is not offered.",
        Parameters =
        [
            new()
            {
                Key = "endpoint",
                Meaning = "the service's address.",
                IsRequired = true,
                Variables = ["HTTPREQ_ENDPOINT"],
                Examine = WebAddress.Examine,
            },
            new() { Key = "username", Meaning = "the user of HTTP basic authentication.", Variables = ["HTTPREQ_USERNAME"] },
            new() { Key = "password", Meaning = "the password of HTTP basic authentication.", IsSecret = true, Variables = ["HTTPREQ_PASSWORD"] },
        ],
        Check = static parameters => parameters.Find("username") is null == parameters.Find("password") is null ? null
            : new ParameterFlaw("username", "and password belong together.", "Give both, or neither."),
        Make = static (parameters, context) => new HttpReqProvider(parameters, context),
    };

    /// <inheritdoc/>
    public string Name => Definition.Name;

    /// <inheritdoc/>
    public Task AddAsync(TxtRecord record, CancellationToken cancellationToken) => PostAsync("present", record, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken) => PostAsync("cleanup", record, cancellationToken);

    private async Task PostAsync(string verb, TxtRecord record, CancellationToken cancellationToken) => await _api.SendAsync(
        HttpMethod.Post, verb, new Message(DnsName.Absolute(record.Name), record.Value), HttpReqJson.Default.Message, cancellationToken);

    private static Authorize Authorize(DnsProviderParameters parameters) => parameters.FindSecret("password") is { } password
        ? Authorization.Basic(parameters.Get("username"), password)
        : Authorization.None;

    private sealed record Message(string Fqdn, string Value);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Message))]
    private sealed partial class HttpReqJson : JsonSerializerContext;
}
