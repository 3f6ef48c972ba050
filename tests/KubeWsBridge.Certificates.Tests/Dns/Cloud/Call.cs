using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Web;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>A request that a fake got.</summary>
internal sealed record Call(HttpMethod Method, Uri Address, HttpRequestHeaders Headers, string Body, string? ContentType)
{
    /// <summary>Method, host and path, such as <c>GET api.example.com/v1/things</c>.</summary>
    public string Line => $"{Method} {Address.Authority}{Uri.UnescapeDataString(Address.AbsolutePath)}";

    public string Authorization => Header("Authorization");

    public JsonNode Json => ContentType == "application/json" ? JsonNode.Parse(Body)! : throw new InvalidOperationException($"{Line} has no JSON body but {ContentType}.");

    public string Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    public string Query(string name) => HttpUtility.ParseQueryString(Address.Query)[name] ?? "";

    public string Form(string name) => ContentType == "application/x-www-form-urlencoded" ? HttpUtility.ParseQueryString(Body)[name] ?? "" : "";
}
