using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class GandiFake : RrsetFake
{
    private const string Path = $" api.gandi.net/v5/livedns/domains/{Zone}/records/";

    public override string Provider => "gandi";

    public override string[] Pairs => ["api_token=pat"];

    public override string[] WrongPairs => ["api_token=wrong-secret"];

    public override string Refusal => "The server could not verify that you authorized to access the document you requested.";

    public override string NoZone => "Can't find the DNS zone elsewhere.test";

    protected override Reply Answer(Call call)
    {
        if (call.Authorization != "Bearer pat")
            return Error(401, "Unauthorized", "The server could not verify that you authorized to access the document you requested.");
        var start = call.Line.IndexOf(Path, StringComparison.Ordinal);
        if (start < 0)
            return call.Method == HttpMethod.Get ? Error(404, "Not Found", "nothing") : Error(404, "Not Found", "Can't find the DNS zone elsewhere.test");
        var parts = call.Line[(start + Path.Length)..].Split('/');
        var host = parts[0] is "@" ? "" : parts[0];
        if (parts[1] != "TXT")
            return Error(404, "Not Found", "type");
        var set = Set(host);
        if (call.Method == HttpMethod.Get)
            return set.Length == 0 ? Error(404, "Not Found", "Can't find a DNS record named " + host) : Reply.Ok(new JsonObject
            {
                ["rrset_name"] = parts[0],
                ["rrset_type"] = "TXT",
                ["rrset_ttl"] = set[0].Ttl,
                ["rrset_values"] = new JsonArray([.. set.Select(record => JsonValue.Create(record.Value))]),
                ["rrset_href"] = call.Address.ToString(),
            });
        if (call.Method == HttpMethod.Delete)
        {
            Records.RemoveAll(record => record.Host == host);
            return new(204);
        }
        var ttl = (int)call.Json["rrset_ttl"]!;
        if (ttl < 300)
            return new(400, """{"status": "error", "errors": [{"location": "body", "name": "rrset_ttl", "description": "300 is less than the minimum value"}]}""");
        Replace(host, call.Json["rrset_values"]!.AsArray().Select(value => (string)value!), ttl);
        return new(201, """{"message": "DNS Record Created"}""");
    }

    private static Reply Error(int code, string cause, string message) => new(code,
        new JsonObject { ["code"] = code, ["object"] = "HTTP" + cause, ["cause"] = cause, ["message"] = message }.ToJsonString());
}
