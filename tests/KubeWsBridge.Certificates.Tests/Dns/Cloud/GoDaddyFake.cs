using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class GoDaddyFake : RrsetFake
{
    private const string Path = $" api.godaddy.com/v1/domains/{Zone}/records/TXT/";

    public override string Provider => "godaddy";

    public override string[] Pairs => ["api_token=key:secret"];

    public override string[] WrongPairs => ["api_token=key:wrong-secret"];

    public override string Refusal => "Unauthorized : Could not authenticate API key/secret";

    public override string NoZone => "The given domain is not registered, or does not have a zone file";

    // It says how long to wait only in the body, so the pauses are ours.
    public override Reply TooMany { get; } = new(429, """{"code": "TOO_MANY_REQUESTS", "message": "Too many requests received within interval", "retryAfterSec": 30}""");

    public override TimeSpan Wait { get; } = TimeSpan.FromSeconds(1);

    public override void Seed(string host, string value) => Store(host, value, 7777);

    protected override Reply Answer(Call call)
    {
        if (call.Authorization != "sso-key key:secret")
            return new(401, """{"code": "UNABLE_TO_AUTHENTICATE", "message": "Unauthorized : Could not authenticate API key/secret"}""");
        var start = call.Line.IndexOf(Path, StringComparison.Ordinal);
        if (start < 0)
            return new(call.Method == HttpMethod.Get ? 404 : 422, """{"code": "UNKNOWN_DOMAIN", "message": "The given domain is not registered, or does not have a zone file"}""");
        var host = call.Line[(start + Path.Length)..] is var name && name is "@" ? "" : name;
        if (call.Method == HttpMethod.Get)
            // A name without records is an empty list here, not 404.
            return new(200, new JsonArray([.. Set(host).Select(record => new JsonObject { ["data"] = record.Value, ["name"] = name, ["ttl"] = record.Ttl, ["type"] = "TXT" })]).ToJsonString());
        if (call.Method == HttpMethod.Delete)
            return Records.RemoveAll(record => record.Host == host) > 0 ? new(204) : new(404, """{"code": "NOT_FOUND", "message": "none"}""");
        var list = call.Json.AsArray();
        if (list.Count == 0 || list.Any(each => (int)each!["ttl"]! < 600))
            return new(422, """{"code": "INVALID_BODY", "message": "Request body doesn't fulfill schema, see details in `fields`", "fields": [{"code": "UNEXPECTED_VALUE", "message": "is less than the minimum 600", "path": "ttl"}]}""");
        Replace(host, list.Select(each => (string)each!["data"]!), (int)list[0]!["ttl"]!);
        return new(200);
    }
}
