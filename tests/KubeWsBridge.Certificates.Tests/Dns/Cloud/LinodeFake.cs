using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class LinodeFake : CloudFake
{
    private const string Base = "api.linode.com/v4/domains";

    public override string Provider => "linode";

    public override string[] Pairs => ["api_token=pat"];

    public override string[] WrongPairs => ["api_token=wrong-secret"];

    public override string Refusal => "Invalid Token";

    public override string NoZone => "linode shows no domain elsewhere.test to this token";

    public override Reply TooMany { get; } = new(429, """{"errors": [{"reason": "Too many requests"}]}""", "application/json",
        ("X-RateLimit-Limit", "200"), ("X-RateLimit-Remaining", "0"), ("Retry-After", "3"));

    protected override Reply Answer(Call call)
    {
        if (call.Authorization != "Bearer pat")
            return Error(401, "Invalid Token");
        if (call.Line == $"GET {Base}")
            return Page(call, [new() { ["id"] = 1, ["domain"] = "first.test" }, new() { ["id"] = 2, ["domain"] = Zone }]);
        if (!call.Line.Contains($"{Base}/2/records", StringComparison.Ordinal))
            return Error(404, "Not found");
        if (call.Method == HttpMethod.Get)
            return Page(call, [new() { ["id"] = 9, ["type"] = "A", ["name"] = "www", ["target"] = "192.0.2.1", ["ttl_sec"] = 300 }, .. Records.Select(Show)]);
        if (call.Method == HttpMethod.Post)
            return (string)call.Json["type"]! == "TXT"
                ? Reply.Ok(Show(Store((string)call.Json["name"]!, (string)call.Json["target"]!, (int)call.Json["ttl_sec"]!)))
                : Error(400, "type");
        var id = call.Line[(call.Line.LastIndexOf('/') + 1)..];
        return Records.RemoveAll(record => $"{record.Id}" == id) > 0 ? Reply.Ok(new JsonObject()) : Error(404, "Not found");
    }

    private static Reply Page(Call call, JsonObject[] all)
    {
        var page = int.Parse(call.Query("page"), CultureInfo.InvariantCulture);
        var size = int.Parse(call.Query("page_size"), CultureInfo.InvariantCulture);
        if (size is < 25 or > 500)
            return Error(400, "page_size must be 25 to 500");
        // One to a page, whatever was asked for, so that looking at the first page only is found out.
        return Reply.Ok(new JsonObject { ["data"] = new JsonArray(all[page - 1]), ["page"] = page, ["pages"] = all.Length, ["results"] = all.Length });
    }

    private static JsonObject Show(Stored record) =>
        new() { ["id"] = record.Id, ["type"] = "TXT", ["name"] = record.Host, ["target"] = record.Value, ["ttl_sec"] = record.Ttl };

    private static Reply Error(int status, string reason) =>
        new(status, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["reason"] = reason }) }.ToJsonString());
}
