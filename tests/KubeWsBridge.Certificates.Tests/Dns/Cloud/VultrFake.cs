using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class VultrFake : CloudFake
{
    private const string Path = $"api.vultr.com/v2/domains/{Zone}/records";

    public override string Provider => "vultr";

    public override string[] Pairs => ["api_token=vultr-key"];

    public override string[] WrongPairs => ["api_token=wrong-secret"];

    public override string Refusal => "Invalid API token.";

    public override string NoZone => "Invalid domain.";

    public override void Seed(string host, string value) => Store(host, $"\"{value}\"", 777);

    protected override Reply Answer(Call call)
    {
        if (call.Authorization != "Bearer vultr-key")
            return Error(401, "Invalid API token.");
        if (!call.Line.Contains(Path, StringComparison.Ordinal))
            return Error(404, "Invalid domain.");
        if (call.Method == HttpMethod.Get)
        {
            JsonObject[] all = [new() { ["id"] = "a", ["type"] = "A", ["name"] = "www", ["data"] = "192.0.2.1", ["priority"] = 0, ["ttl"] = 300 }, .. Records.Select(Show)];
            var place = call.Query("cursor") is { Length: > 0 } cursor ? int.Parse(cursor["c+/=".Length..], CultureInfo.InvariantCulture) : 0;
            return Reply.Ok(new JsonObject
            {
                ["records"] = new JsonArray(all[place]),
                ["meta"] = new JsonObject
                {
                    ["total"] = all.Length,
                    ["links"] = new JsonObject { ["next"] = place + 1 < all.Length ? $"c+/={place + 1}" : "", ["prev"] = "" },
                },
            });
        }
        if (call.Method == HttpMethod.Post)
        {
            if ((int)call.Json["ttl"]! < 120 || !((string)call.Json["data"]!).StartsWith('"'))
                return Error(400, "Invalid record.");
            var record = Store((string)call.Json["name"]!, (string)call.Json["data"]!, (int)call.Json["ttl"]!);
            return new(201, new JsonObject { ["record"] = Show(record) }.ToJsonString());
        }
        var id = call.Line[(call.Line.LastIndexOf('/') + 1)..];
        return Records.RemoveAll(record => $"u-{record.Id}" == id) > 0 ? new(204) : Error(404, "Invalid record.");
    }

    private static JsonObject Show(Stored record) =>
        new() { ["id"] = $"u-{record.Id}", ["type"] = "TXT", ["name"] = record.Host, ["data"] = record.Value, ["priority"] = 0, ["ttl"] = record.Ttl };

    private static Reply Error(int status, string message) => new(status, new JsonObject { ["error"] = message, ["status"] = status }.ToJsonString());
}
