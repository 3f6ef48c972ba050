using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class DigitalOceanFake : CloudFake
{
    private const string Path = $"api.digitalocean.com/v2/domains/{Zone}/records";

    public override string Provider => "digitalocean";

    public override string[] Pairs => ["auth_token=do-token"];

    public override string[] WrongPairs => ["auth_token=wrong-secret"];

    public override string Refusal => "Unable to authenticate you";

    public override string NoZone => "404 NotFound: The resource you were accessing could not be found.";

    // It names the second at which there is room again.
    public override Reply TooMany => new(429, """{"id": "too_many_requests", "message": "API Rate limit exceeded."}""", "application/json",
        ("ratelimit-limit", "5000"), ("ratelimit-remaining", "0"), ("ratelimit-reset", $"{Time.GetUtcNow().ToUnixTimeSeconds() + 3}"));

    protected override Reply Answer(Call call)
    {
        if (call.Authorization != "Bearer do-token")
            return new(401, """{"id": "Unauthorized", "message": "Unable to authenticate you"}""");
        if (!call.Line.Contains(Path, StringComparison.Ordinal))
            return NotFound();
        if (call.Method == HttpMethod.Get)
        {
            var all = Records.Where(record => call.Query("type") == "TXT" && Absolute(record.Host) == call.Query("name")).Select(Show).Chunk(1).ToArray();
            var page = int.Parse(call.Query("page"), CultureInfo.InvariantCulture);
            var pages = page < all.Length ? new JsonObject { ["next"] = $"https://{Path}?page={page + 1}" } : new JsonObject();
            return Reply.Ok(new JsonObject
            {
                ["domain_records"] = new JsonArray([.. page <= all.Length ? all[page - 1] : []]),
                ["links"] = new JsonObject { ["pages"] = pages },
                ["meta"] = new JsonObject { ["total"] = all.Length },
            });
        }
        if (call.Method == HttpMethod.Post)
        {
            if ((string)call.Json["type"]! != "TXT" || (int)call.Json["ttl"]! < 30)
                return new(422, """{"id": "unprocessable_entity", "message": "TTL must be at least 30"}""");
            var record = Store((string)call.Json["name"]!, (string)call.Json["data"]!, (int)call.Json["ttl"]!);
            return new(201, new JsonObject { ["domain_record"] = Show(record) }.ToJsonString());
        }
        var id = call.Line[(call.Line.LastIndexOf('/') + 1)..];
        return Records.RemoveAll(record => $"{record.Id}" == id) > 0 ? new(204) : NotFound();
    }

    private static Reply NotFound() => new(404, """{"id": "not_found", "message": "The resource you were accessing could not be found."}""");

    private static JsonObject Show(Stored record) => new()
    {
        ["id"] = record.Id,
        ["type"] = "TXT",
        ["name"] = record.Host.Length == 0 ? "@" : record.Host,
        ["data"] = record.Value,
        ["priority"] = null,
        ["ttl"] = record.Ttl,
    };
}
