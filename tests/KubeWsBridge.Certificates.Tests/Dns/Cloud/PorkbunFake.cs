using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class PorkbunFake : CloudFake
{
    private const string Base = "POST api.porkbun.com/api/json/v3/dns/";

    public override string Provider => "porkbun";

    public override string[] Pairs => ["api_key=pk1", "api_secret_key=sk1"];

    public override string[] WrongPairs => ["api_key=pk1", "api_secret_key=wrong-secret"];

    public override string Refusal => "Invalid API key. (002)";

    public override string NoZone => "Invalid domain.";

    protected override Reply Answer(Call call)
    {
        if (call.Header("X-API-Key") != "pk1" || call.Header("X-Secret-API-Key") != "sk1")
            return Error("Invalid API key. (002)");
        var parts = call.Line[Base.Length..].Split('/');
        if (parts[1] != Zone)
            return Error("Invalid domain.");
        switch (parts)
        {
            case ["retrieveByNameType", _, "TXT", var host]:
                return Ok(new JsonObject { ["records"] = new JsonArray([.. Records.Where(record => record.Host == host).Select(Show)]) });
            case ["create", _]:
                var ttl = int.Parse((string)call.Json["ttl"]!, CultureInfo.InvariantCulture);
                if ((string)call.Json["type"]! != "TXT" || ttl < 600)
                    return Error("Create error: We were unable to create the DNS record.");
                return Ok(new JsonObject { ["id"] = Store((string)call.Json["name"]!, (string)call.Json["content"]!, ttl).Id });
            case ["delete", _, var id]:
                return Records.RemoveAll(record => $"{record.Id}" == id) > 0 ? Ok([]) : Error("Invalid record ID.");
            default:
                return Error("Unknown command.");
        }
    }

    private static JsonObject Show(Stored record) => new()
    {
        ["id"] = $"{record.Id}",
        ["name"] = Absolute(record.Host),
        ["type"] = "TXT",
        ["content"] = record.Value,
        ["ttl"] = $"{record.Ttl}",
        ["prio"] = null,
        ["notes"] = "",
    };

    private static Reply Ok(JsonObject body)
    {
        body["status"] = "SUCCESS";
        return Reply.Ok(body);
    }

    private static Reply Error(string message) => new(400, new JsonObject { ["status"] = "ERROR", ["message"] = message }.ToJsonString());
}
