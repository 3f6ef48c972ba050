using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

internal sealed class DesecFake : RrsetFake
{
    private const string Path = $" desec.io/api/v1/domains/{Zone}/rrsets/";

    public override string Provider => "desec";

    public override string[] Pairs => ["token=desec-token"];

    public override string[] WrongPairs => ["token=wrong-secret"];

    public override string Refusal => "Invalid token.";

    public override string NoZone => "404 NotFound: Not found.";

    public override Reply TooMany { get; } = new(429, """{"detail": "Request was throttled. Expected available in 3 seconds."}""",
        "application/json", ("Retry-After", "3"));

    protected override Reply Answer(Call call)
    {
        if (call.Authorization != "Token desec-token")
            return new(401, """{"detail": "Invalid token."}""");
        var start = call.Line.IndexOf(Path, StringComparison.Ordinal);
        if (start < 0)
            return new(404, """{"detail": "Not found."}""");
        var rest = call.Line[(start + Path.Length)..];
        if (call.Method == HttpMethod.Post && rest.Length == 0)
            return (string)call.Json["type"]! == "TXT" ? Write(call, (string)call.Json["subname"]!, create: true) : new(400);
        var parts = rest.Split('/');
        var host = parts[0] is "@" ? "" : parts[0];
        // Without the slash at the end it answers with a redirection.
        if (parts is not [_, "TXT", ""])
            return new(301);
        if (call.Method == HttpMethod.Patch)
            return Write(call, host, create: false);
        if (call.Method == HttpMethod.Delete)
        {
            Records.RemoveAll(record => record.Host == host);
            return new(204);
        }
        return Set(host).Length == 0 ? new(404, """{"detail": "Not found."}""") : Reply.Ok(Show(host));
    }

    private Reply Write(Call call, string host, bool create)
    {
        if (create == Set(host).Length > 0)
            return create ? new(400, """{"non_field_errors": ["Another RRset with the same subdomain and type exists for this domain."]}""") : new(404, """{"detail": "Not found."}""");
        var (ttl, values) = ((int)call.Json["ttl"]!, call.Json["records"]!.AsArray().Select(value => (string)value!).ToArray());
        if (ttl < 3600)
            return new(400, """{"ttl": ["Ensure this value is greater than or equal to 3600."]}""");
        if (values.Any(value => !value.StartsWith('"')))
            return new(400, """{"records": ["Record content must be quoted."]}""");
        Replace(host, values, ttl);
        return new(create ? 201 : 200, Show(host).ToJsonString());
    }

    private JsonObject Show(string host) => new()
    {
        ["domain"] = Zone,
        ["subname"] = host,
        ["name"] = Absolute(host) + ".",
        ["type"] = "TXT",
        ["records"] = new JsonArray([.. Set(host).Select(record => JsonValue.Create(record.Value))]),
        ["ttl"] = Set(host)[0].Ttl,
    };
}
