using KubeWsBridge.Certificates.Dns;

namespace KubeWsBridge.Certificates.Tests.Dns;

public sealed class DnsProviderParametersTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("api_token=t")]
    [InlineData("API-TOKEN = t ")]
    [InlineData("CF_DNS_API_TOKEN=t")]
    public void Key_AnySpelling_IsRead(string pair) => Assert.Equal("t", Read("cloudflare", [pair], out _)!.Get("api_token"));

    [Theory]
    [InlineData("api_token_file")]
    [InlineData("CF_DNS_API_TOKEN_FILE")]
    public void Key_OfAFile_IsReadFromIt(string key)
    {
        File.WriteAllText(_file, "from-file\n");
        Assert.Equal("from-file", Read("cloudflare", [$"{key}={_file}"], out _)!.Get("api_token"));
        _environment["CF_DNS_API_TOKEN_FILE"] = _file;
        Assert.Equal("from-file", Read("cloudflare", [], out _)!.Get("api_token"));
    }

    [Fact]
    public void Key_Given_IsStrongerThanTheVariable()
    {
        _environment["CF_DNS_API_TOKEN"] = "variable";
        Assert.Equal("variable", Read("cloudflare", [], out _)!.Get("api_token"));
        Assert.Equal("pair", Read("cloudflare", ["api_token=pair"], out _)!.Get("api_token"));
    }

    [Theory]
    [InlineData("cloudflare", "api_tokn=s3cret", "api_tokn", "is not a parameter of cloudflare.", "Did you mean api_token?")]
    [InlineData("cloudflare", "api_tokn_file=x", "api_tokn_file", "is not a parameter of cloudflare.", "Did you mean api_token_file?")]
    [InlineData("cloudflare", "zebra=s3cret", "zebra", "is not a parameter of cloudflare.", "It takes api_token, zone_token.")]
    [InlineData("cloudflare", "", "api_token", "is required by cloudflare: an API token.",
        "Add --tls-dns-param api_token=…, or api_token_file=FILE; the variable CF_DNS_API_TOKEN or CLOUDFLARE_DNS_API_TOKEN works too.")]
    [InlineData("cloudflare", "api_token=", "api_token", "is empty.", "Give it a value, or remove it.")]
    [InlineData("cloudflare", "api_token=s3cret api_token=s3cret", "api_token", "is given twice.", "Remove one of them.")]
    [InlineData("rfc2136", "server=ns key_name=k", "key", "is missing, but key_name is given.", "Give both, or neither for updates without a signature.")]
    [InlineData("rfc2136", "server=ns key_name=k key=s3cret!", "key", "is not base64.", "It is the TSIG key in base64.")]
    [InlineData("rfc2136", "server=ns key_alg=hmac-md5", "key_alg", "is not an algorithm this program knows.",
        "It is the key's algorithm: hmac-sha1, hmac-sha224, hmac-sha256, hmac-sha384, hmac-sha512.")]
    [InlineData("powerdns", "server_url=ns1 api_token=s3cret", "server_url", "is not an http or https address.",
        "It is the address of the server's interface, such as http://127.0.0.1:8081.")]
    [InlineData("ovh", "endpoint=ovh-eu", "application_key", "is missing, and so is client_id.",
        "Give application_key, application_secret, consumer_key, or client_id and client_secret.")]
    [InlineData("ovh", "application_key=a consumer_key=s3cret", "application_secret", "is missing.", "Give all of application_key, application_secret, consumer_key.")]
    [InlineData("azure", "subscription_id=s resource_group_name=r tenant_id=t client_id=c", "client_secret", "is missing, and there is no workload identity.",
        "Give client_secret, or federated_token with the path of a token's file.")]
    [InlineData("gcloud", "gcp_project=p gcp_application_default={}", "gcp_application_default",
        "is not the key of a service account: client_email, private_key or token_uri is missing.",
        "It is the service account's key, the JSON text itself; usually given as gcp_application_default_file.")]
    [InlineData("gcloud", "gcp_project=p gcp_application_default=s3cret", "gcp_application_default", "is not the JSON key of a service account.",
        "It is the service account's key, the JSON text itself; usually given as gcp_application_default_file.")]
    public void Pairs_Wrong_SayWhatToChangeAndNoSecret(string provider, string pairs, string key, string message, string fix)
    {
        Assert.Null(Read(provider, pairs.Split(' ', StringSplitOptions.RemoveEmptyEntries), out var flaws));
        Assert.Contains(new ParameterFlaw(key, message, fix), flaws);
        Assert.DoesNotContain("s3cret", string.Join('\n', flaws), StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_SeveralWrong_AreAllSaid()
    {
        Read("route53", ["region=", "nonsense=1"], out var flaws);
        Assert.Equal(["region", "nonsense", "access_key_id", "secret_access_key"], flaws.Select(flaw => flaw.Key));
    }

    [Fact]
    public void File_NotThere_IsSaid()
    {
        Read("cloudflare", ["api_token_file=/nonexistent/token"], out var flaws);
        Assert.Contains("names a file that cannot be read: ", Assert.Single(flaws).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_EveryRow_IsComplete() => Assert.All(DnsProviderTable.All, definition =>
    {
        Assert.Matches("^[a-z0-9]+$", definition.Name);
        Assert.StartsWith("https://", definition.Documentation, StringComparison.Ordinal);
        Assert.NotEmpty(definition.Remark);
        Assert.All(definition.Parameters, parameter =>
        {
            Assert.Matches("^[a-z_]+$", parameter.Key);
            Assert.EndsWith(".", parameter.Meaning, StringComparison.Ordinal);
            // A default that the parameter would refuse is never looked at otherwise.
            Assert.True(parameter.Default is not { } value || parameter.Examine?.Invoke(value) is null, parameter.Key);
            Assert.DoesNotContain(parameter.Variables, variable => variable.StartsWith("WSS_", StringComparison.Ordinal));
        });
        Assert.Equal(definition.Parameters.Count, definition.Parameters.SelectMany(parameter => parameter.Variables.Append(parameter.Key)).Distinct().Count()
            - definition.Parameters.Sum(parameter => parameter.Variables.Count));
    });

    [Theory]
    [InlineData("acme-dns", "acmedns")]
    [InlineData("ACMEDNS", "acmedns")]
    [InlineData("rfc_2136", "rfc2136")]
    public void Table_Find_TakesOtherSpellings(string text, string name) => Assert.Equal(name, DnsProviderTable.Find(text)?.Name);

    [Fact]
    public void Secret_Printed_IsMasked() => Assert.Equal("***", $"{Read("cloudflare", ["api_token=t"], out _)!.GetSecret("api_token")}");

    private DnsProviderParameters? Read(string provider, IReadOnlyList<string> pairs, out IReadOnlyList<ParameterFlaw> flaws) =>
        DnsProviderParameters.Read(DnsProviderTable.Find(provider)!, pairs, _environment, Nearest, out flaws);

    // The program has a better one; here one letter may be missing.
    private static string? Nearest(string text, IEnumerable<string> candidates) =>
        candidates.FirstOrDefault(candidate => Enumerable.Range(0, candidate.Length).Any(place => candidate.Remove(place, 1) == text));
}
