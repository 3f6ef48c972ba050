using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>Values are added and removed by actions, which take a while.</summary>
internal sealed partial class HetznerFake : CloudFake
{
    private readonly Dictionary<int, int> _running = [];
    private int _lastAction = 10;

    public override string Provider => "hetzner";

    public override string[] Pairs => ["auth_api_token=cloud-token"];

    public override string[] WrongPairs => ["auth_api_token=wrong-secret"];

    public override string Refusal => "unauthorized; the token you have provided is invalid";

    public override string NoZone => "Zone not found";

    public override Reply TooMany { get; } = new(429, """{"error": {"code": "rate_limit_exceeded", "message": "limit of 3600 requests per hour reached"}}""",
        "application/json", ("RateLimit-Limit", "3600"), ("RateLimit-Remaining", "0"), ("RateLimit-Reset", "1780000003"));

    public override void Seed(string host, string value) => Store(host, $"\"{value}\"", 777);

    protected override Reply Answer(Call call)
    {
        if (call.Authorization != "Bearer cloud-token")
            return Error(401, "unauthorized", "the token you have provided is invalid");
        if (ActionPath().Match(call.Line) is { Success: true } action)
            return Action(int.Parse(action.Groups[1].Value, null));
        if (SetPath().Match(call.Line) is not { Success: true } set)
            return Error(404, "not_found", "Zone not found");
        var host = set.Groups[1].Value is "@" ? "" : set.Groups[1].Value;
        var records = Records.Where(record => record.Host == host).ToArray();
        if (call.Method == HttpMethod.Get)
            return records.Length == 0 ? Error(404, "not_found", "RRSet not found") : Reply.Ok(new JsonObject
            {
                ["rrset"] = new JsonObject
                {
                    ["id"] = $"{host}/TXT",
                    ["type"] = "TXT",
                    ["ttl"] = records[0].Ttl,
                    ["records"] = new JsonArray([.. records.Select(record => new JsonObject { ["value"] = record.Value, ["comment"] = "" })]),
                },
            });
        return Change(call, set.Groups[2].Value, host, records);
    }

    private Reply Change(Call call, string verb, string host, Stored[] records)
    {
        var value = (string)call.Json["records"]![0]!["value"]!;
        if (!value.StartsWith('"'))
            return Error(422, "invalid_input", "TXT records must be quoted");
        var ttl = (int?)call.Json["ttl"];
        if (records.Length > 0 && ttl is not null && ttl != records[0].Ttl)
            return Error(422, "invalid_input", "ttl differs from the existing RRSet");
        var has = records.Any(record => record.Value == value);
        if (verb == "add_records" == has)
            return Error(422, "invalid_input", has ? "record exists" : "record does not exist");
        if (has)
            Records.RemoveAll(record => record.Host == host && record.Value == value);
        else
            Store(host, value, ttl ?? records[0].Ttl);
        _running[++_lastAction] = 2;
        return new(201, Action(_lastAction).Body);
    }

    private Reply Action(int id) => Reply.Ok(new JsonObject
    {
        ["action"] = new JsonObject { ["id"] = id, ["command"] = "rrset", ["status"] = _running[id]-- > 0 ? "running" : "success", ["progress"] = 50, ["error"] = null },
    });

    private static Reply Error(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["details"] = null } }.ToJsonString());

    [GeneratedRegex(@"^GET api\.hetzner\.cloud/v1/actions/(\d+)$")]
    private static partial Regex ActionPath();

    [GeneratedRegex(@"^(?:GET|POST) api\.hetzner\.cloud/v1/zones/example\.test/rrsets/([^/]+)/TXT(?:/actions/(add_records|remove_records))?$")]
    private static partial Regex SetPath();
}
