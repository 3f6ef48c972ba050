using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>What a fake answers.</summary>
internal sealed record Reply(int Status, string Body = "", string Type = "application/json", params (string Name, string Value)[] Headers)
{
    public static Reply Ok(JsonNode body) => new(200, body.ToJsonString());

    public HttpResponseMessage ToResponse()
    {
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new StringContent(Body, Encoding.UTF8, Type) };
        foreach (var (name, value) in Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
