using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>Changes name exactly what they delete, and take a while.</summary>
internal sealed class GoogleCloudFake : RrsetFake
{
    private const string Base = "dns.googleapis.com/dns/v1/projects/project-1/managedZones";

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly RSA WrongKey = RSA.Create(2048);
    private int _pending;

    public override string Provider => "gcloud";

    public override string[] Pairs => ["gcp_project=project-1", $"gcp_application_default={Account(Key)}"];

    public override string[] WrongPairs => ["gcp_project=project-1", $"gcp_application_default={Account(WrongKey)}"];

    public override string Refusal => "Invalid JWT Signature.";

    public override string NoZone => "gcloud shows no public managed zone for elsewhere.test in project project-1";

    public int Tokens { get; private set; }

    protected override Reply Answer(Call call)
    {
        if (call.Line == "POST oauth2.googleapis.com/token")
            return Token(call);
        if (call.Line == "GET metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token")
            return call.Header("Metadata-Flavor") == "Google" ? Grant() : new(403);
        if (call.Authorization != $"Bearer token-{Tokens}")
            return Error(401, "Request had invalid authentication credentials.");
        if (call.Line == $"GET {Base}")
            return Zones(call);
        if (call.Line == $"GET {Base}/zone-1/rrsets")
            return Reply.Ok(new JsonObject { ["rrsets"] = Show(Host(call.Query("name"))) });
        if (call.Line == $"POST {Base}/zone-1/changes")
            return Change(call.Json);
        return call.Line == $"GET {Base}/zone-1/changes/7" ? ChangeState() : Error(404, "not found");
    }

    private static Reply Zones(Call call)
    {
        if (call.Query("dnsName") != Zone + ".")
            return Reply.Ok(new JsonObject { ["kind"] = "dns#managedZonesListResponse" });
        // A private zone of the same name comes first, on a page of its own.
        return call.Query("pageToken") == "p2"
            ? Reply.Ok(new JsonObject { ["managedZones"] = new JsonArray(new JsonObject { ["name"] = "zone-1", ["dnsName"] = Zone + ".", ["visibility"] = "public" }) })
            : Reply.Ok(new JsonObject
            {
                ["managedZones"] = new JsonArray(new JsonObject { ["name"] = "inside", ["dnsName"] = Zone + ".", ["visibility"] = "private" }),
                ["nextPageToken"] = "p2",
            });
    }

    private Reply Change(JsonNode change)
    {
        foreach (var deletion in change["deletions"]?.AsArray() ?? [])
        {
            var set = Set(Host((string)deletion!["name"]!));
            if (set.Length == 0)
                return Error(404, "The 'entity.change.deletions[0]' resource named '…' does not exist.");
            if ((int)deletion["ttl"]! != set[0].Ttl || !deletion["rrdatas"]!.AsArray().Select(value => (string)value!).SequenceEqual(set.Select(record => record.Value)))
                return Error(412, "Precondition not met for 'entity.change.deletions[0]'");
            Records.RemoveAll(record => set.Contains(record));
        }
        foreach (var addition in change["additions"]?.AsArray() ?? [])
        {
            var host = Host((string)addition!["name"]!);
            if (Set(host).Length > 0)
                return Error(409, "The resource 'entity.change.additions[0]' already exists");
            Replace(host, addition["rrdatas"]!.AsArray().Select(value => (string)value!), (int)addition["ttl"]!);
        }
        _pending = 2;
        return ChangeState();
    }

    private Reply ChangeState() => Reply.Ok(new JsonObject { ["id"] = "7", ["status"] = _pending-- > 0 ? "pending" : "done" });

    private JsonArray Show(string host)
    {
        var set = Set(host);
        return set.Length == 0 ? [] : [new JsonObject
        {
            ["name"] = Absolute(host) + ".",
            ["type"] = "TXT",
            ["ttl"] = set[0].Ttl,
            ["rrdatas"] = new JsonArray([.. set.Select(record => JsonValue.Create(record.Value))]),
        }];
    }

    private Reply Token(Call call)
    {
        var parts = call.Form("assertion").Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var isRight = call.Form("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer"
            && (string)JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["alg"]! == "RS256"
            && (string)claims["iss"]! == "robot@project-1.iam.gserviceaccount.com" && (string)claims["aud"]! == "https://oauth2.googleapis.com/token"
            && (string)claims["scope"]! == "https://www.googleapis.com/auth/ndev.clouddns.readwrite"
            && (long)claims["iat"]! <= now && (long)claims["exp"]! is var end && end > now && end <= now + 3600
            && Key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return isRight ? Grant() : new(400, """{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}""");
    }

    private Reply Grant() => Reply.Ok(new JsonObject { ["access_token"] = $"token-{++Tokens}", ["expires_in"] = 3599, ["token_type"] = "Bearer" });

    private static string Account(RSA key) => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "project-1",
        ["private_key_id"] = "wrong-secret",
        ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = "robot@project-1.iam.gserviceaccount.com",
        ["token_uri"] = "https://oauth2.googleapis.com/token",
    }.ToJsonString();

    private static Reply Error(int code, string message) => new(code, new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["reason"] = "x" }) },
    }.ToJsonString());
}
