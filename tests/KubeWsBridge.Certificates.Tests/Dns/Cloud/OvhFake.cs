using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>Its clock is a minute ahead of ours; what is not refreshed is not seen.</summary>
internal sealed class OvhFake : CloudFake
{
    private const string Base = "eu.api.ovh.com/1.0";
    private const string Path = $" {Base}/domain/zone/{Zone}/";

    public override string Provider => "ovh";

    public override string[] Pairs => ["application_key=ak", "application_secret=as-secret", "consumer_key=ck-secret"];

    public override string[] WrongPairs => ["application_key=ak", "application_secret=wrong-secret", "consumer_key=ck-secret"];

    public override string Refusal => "Invalid signature";

    public override string NoZone => "This service does not exist";

    public bool IsFresh { get; private set; } = true;

    private long Clock => Time.GetUtcNow().ToUnixTimeSeconds() + 60;

    public override void Seed(string host, string value) => Store(host, $"\"{value}\"", 777);

    protected override Reply Answer(Call call)
    {
        if (call.Line == "POST www.ovh.com/auth/oauth2/token")
            return call.Form("client_id") == "id" && call.Form("client_secret") == "account-secret" && call.Form("grant_type") == "client_credentials" && call.Form("scope") == "all"
                ? Reply.Ok(new JsonObject { ["access_token"] = "token", ["token_type"] = "Bearer", ["expires_in"] = 3599, ["scope"] = "all" })
                : new(400, """{"error": "invalid_client", "error_description": "Client secret is not valid"}""");
        if (call.Line == $"GET {Base}/auth/time")
            return new(200, Clock.ToString(CultureInfo.InvariantCulture));
        if (call.Authorization != "Bearer token" && Sign(call) != call.Header("X-Ovh-Signature"))
            return new(400, """{"class": "Client::BadRequest::InvalidSignature", "message": "Invalid signature"}""");
        var start = call.Line.IndexOf(Path, StringComparison.Ordinal);
        if (start < 0)
            return new(404, """{"class": "Client::NotFound", "message": "This service does not exist"}""");
        return Answer(call, call.Line[(start + Path.Length)..]);
    }

    private Reply Answer(Call call, string path)
    {
        if (path == "refresh")
        {
            IsFresh = true;
            return new(200, "null");
        }
        if (path == "record" && call.Method == HttpMethod.Get)
            return new(200, new JsonArray([.. Records.Where(record => record.Host == call.Query("subDomain")).Select(record => JsonValue.Create((long)record.Id))]).ToJsonString());
        if (path == "record")
        {
            IsFresh = false;
            return Reply.Ok(Show(Store((string)call.Json["subDomain"]!, (string)call.Json["target"]!, (int)call.Json["ttl"]!)));
        }
        var record = Records.Find(record => $"record/{record.Id}" == path);
        if (record is null)
            return new(404, """{"class": "Client::NotFound", "message": "This service does not exist"}""");
        if (call.Method == HttpMethod.Get)
            return Reply.Ok(Show(record));
        IsFresh = false;
        Records.Remove(record);
        return new(200, "null");
    }

    [SuppressMessage("Security", "CA5350", Justification = "The interface asks for SHA-1.")]
    private string Sign(Call call)
    {
        if (call.Header("X-Ovh-Application") != "ak" || call.Header("X-Ovh-Consumer") != "ck-secret"
            || Math.Abs(long.Parse(call.Header("X-Ovh-Timestamp"), CultureInfo.InvariantCulture) - Clock) > 30)
            return "refused";
        var text = $"as-secret+ck-secret+{call.Method}+{call.Address.AbsoluteUri}+{call.Body}+{call.Header("X-Ovh-Timestamp")}";
        return "$1$" + Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static JsonObject Show(Stored record) => new()
    {
        ["id"] = record.Id,
        ["zone"] = Zone,
        ["fieldType"] = "TXT",
        ["subDomain"] = record.Host,
        ["target"] = record.Value,
        ["ttl"] = record.Ttl,
    };
}
