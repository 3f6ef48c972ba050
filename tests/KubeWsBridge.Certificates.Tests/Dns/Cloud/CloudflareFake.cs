using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class CloudflareFake : CloudFake
{
    private const string Base = "api.cloudflare.com/client/v4/zones";

    public override string Provider => "cloudflare";

    public override string[] Pairs => ["api_token=token-for-records", "zone_token=token-for-zones"];

    public override string[] WrongPairs => ["api_token=wrong-secret"];

    public override string Refusal => "Authentication error";

    public override string NoZone => "cloudflare shows no zone elsewhere.test to this token";

    public override void Seed(string host, string value) => Store(host, $"\"{value}\"", 1);

    protected override Reply Answer(Call call)
    {
        if (call.Line == $"GET {Base}")
            return Authorize(call, "token-for-zones") ?? Page(call.Query("name") == Zone ? [new JsonObject { ["id"] = "z1", ["name"] = Zone }] : [], 1, 1);
        if (Authorize(call, "token-for-records") is { } refusal)
            return refusal;
        if (call.Line == $"GET {Base}/z1/dns_records")
        {
            // Two to a page, so that looking at the first page only is found out.
            var all = Records.Where(record => call.Query("type") == "TXT" && Absolute(record.Host) == call.Query("name")).Select(Show).Chunk(2).ToArray();
            var page = int.Parse(call.Query("page"), CultureInfo.InvariantCulture);
            return Page(page <= all.Length ? all[page - 1] : [], page, all.Length);
        }
        if (call.Line == $"POST {Base}/z1/dns_records")
        {
            var (name, content, ttl) = ((string)call.Json["name"]!, (string)call.Json["content"]!, (int)call.Json["ttl"]!);
            if ((string)call.Json["type"]! != "TXT" || ttl is < 60 and not 1)
                return Error(400, 1004, "DNS Validation Error");
            return Records.Any(record => record.Host == Host(name) && record.Value == content)
                ? Error(400, 81058, "An identical record already exists.")
                : Page([Show(Store(Host(name), content, ttl))], 1, 1);
        }
        var id = call.Line[(call.Line.LastIndexOf('/') + 1)..];
        return call.Method == HttpMethod.Delete && Records.RemoveAll(record => $"r{record.Id}" == id) > 0
            ? Page([], 1, 1)
            : Error(404, 81044, "Record does not exist.");
    }

    private static Reply? Authorize(Call call, string token) =>
        call.Authorization == $"Bearer {token}" ? null : Error(403, 10000, "Authentication error");

    private static JsonObject Show(Stored record) => new()
    {
        ["id"] = $"r{record.Id}",
        ["name"] = Absolute(record.Host),
        ["type"] = "TXT",
        ["content"] = record.Value,
        ["ttl"] = record.Ttl,
        ["proxied"] = false,
    };

    private static Reply Page(JsonObject[] result, int page, int pages) => Reply.Ok(new JsonObject
    {
        ["success"] = true,
        ["errors"] = new JsonArray(),
        ["messages"] = new JsonArray(),
        ["result"] = new JsonArray([.. result]),
        ["result_info"] = new JsonObject { ["page"] = page, ["per_page"] = 2, ["total_pages"] = pages, ["count"] = result.Length },
    });

    private static Reply Error(int status, int code, string message) => new(status, new JsonObject
    {
        ["success"] = false,
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }),
        ["messages"] = new JsonArray(),
        ["result"] = null,
    }.ToJsonString());
}
