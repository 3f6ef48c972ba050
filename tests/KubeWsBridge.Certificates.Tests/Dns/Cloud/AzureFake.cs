using System.Text.Json.Nodes;

namespace KubeWsBridge.Certificates.Tests.Dns.Cloud;

/// <summary>Writes only with the version that was read, or with the condition that nothing is there.</summary>
internal sealed class AzureFake : RrsetFake
{
    private const string Path = $" management.azure.com/subscriptions/sub/resourceGroups/group/providers/Microsoft.Network/dnsZones/{Zone}/TXT/";

    private int _version;

    public override string Provider => "azure";

    public override string[] Pairs => ["subscription_id=sub", "resource_group_name=group", "tenant_id=tenant", "client_id=client", "client_secret=app-secret"];

    public override string[] WrongPairs => [.. Pairs[..^1], "client_secret=wrong-secret"];

    public override string Refusal => "AADSTS7000215: Invalid client secret provided.";

    public override string NoZone => "The Resource 'Microsoft.Network/dnszones/elsewhere.test' under resource group 'group' was not found.";

    public string? Assertion { get; init; }

    public int Tokens { get; private set; }

    public override void Seed(string host, string value) => Store(host, value, 7777);

    protected override Reply Answer(Call call)
    {
        if (call.Line == "POST login.microsoftonline.com/tenant/oauth2/v2.0/token")
            return Token(call);
        if (call.Authorization != $"Bearer token-{Tokens}")
            return Error(401, "InvalidAuthenticationToken", "The access token is invalid.");
        var start = call.Line.IndexOf(Path, StringComparison.Ordinal);
        if (start < 0)
            return Error(404, "ResourceNotFound", "The Resource 'Microsoft.Network/dnszones/elsewhere.test' under resource group 'group' was not found.");
        if (call.Query("api-version") != "2018-05-01")
            return Error(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
        var host = call.Line[(start + Path.Length)..] is var name && name is "@" ? "" : name;
        var set = Set(host);
        if (call.Method == HttpMethod.Get)
            return set.Length == 0 ? Error(404, "NotFound", "The resource record was not found.") : Reply.Ok(Show(host, set));
        if (set.Length == 0 ? call.Header("If-None-Match") != "*" : call.Header("If-Match") != Version(host))
            return Error(412, "PreconditionFailed", "Precondition Failed");
        _version++;
        if (call.Method == HttpMethod.Delete)
        {
            Replace(host, [], 0);
            return new(200);
        }
        var properties = call.Json["properties"]!;
        Replace(host, properties["TXTRecords"]!.AsArray().Select(each => string.Concat(each!["value"]!.AsArray().Select(part => (string)part!))), (int)properties["TTL"]!);
        return new(set.Length == 0 ? 201 : 200, Show(host, Set(host)).ToJsonString());
    }

    private Reply Token(Call call)
    {
        var isRight = call.Form("grant_type") == "client_credentials" && call.Form("client_id") == "client" && call.Form("scope") == "https://management.azure.com/.default"
            && (Assertion is null
                ? call.Form("client_secret") == "app-secret"
                : call.Form("client_assertion") == Assertion && call.Form("client_assertion_type") == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        return isRight
            ? Reply.Ok(new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = 3599, ["access_token"] = $"token-{++Tokens}" })
            : new(401, """{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided.", "error_codes": [7000215]}""");
    }

    private string Version(string host) => $"v{_version}-{Set(host).Length}";

    private JsonObject Show(string host, Stored[] set) => new()
    {
        ["id"] = "/subscriptions/sub/…",
        ["name"] = host,
        ["etag"] = Version(host),
        ["properties"] = new JsonObject
        {
            ["TTL"] = set[0].Ttl,
            ["fqdn"] = Absolute(host) + ".",
            ["TXTRecords"] = new JsonArray([.. set.Select(record => new JsonObject { ["value"] = new JsonArray(record.Value) })]),
        },
    };

    private static Reply Error(int status, string code, string message) => new(status, status == 401
        ? new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString()
        : new JsonObject { ["code"] = code, ["message"] = message }.ToJsonString());
}
