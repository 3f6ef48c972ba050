using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>httpreq and acmedns, against a real HTTP server.</summary>
public sealed class WebServiceProviderTests : IAsyncLifetime
{
    private WebService _service = null!;

    public async Task InitializeAsync() => _service = await WebService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task HttpReq_Called_PostsNameAndValue()
    {
        var provider = Create("httpreq", $"endpoint={_service.Address}/hook/", "username=user", "password=pass:word");
        await provider.AddAsync(Record("v"), default);
        await provider.RemoveAsync(Record("v"), default);
        Assert.Equal(["POST /hook/present", "POST /hook/cleanup"], _service.Requests.Select(request => request.Line));
        Assert.All(_service.Requests, request =>
        {
            Assert.Equal("""{"fqdn":"_acme-challenge.www.example.test.","value":"v"}""", request.Body);
            Assert.Contains($"Authorization: Basic {Convert.ToBase64String("user:pass:word"u8)}", request.Headers, StringComparison.Ordinal);
            Assert.Contains("Content-Type: application/json", request.Headers, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task HttpReq_WithoutUser_SendsNoCredentials()
    {
        await Create("httpreq", $"endpoint={_service.Address}").AddAsync(Record("v"), default);
        Assert.DoesNotContain("Authorization", Assert.Single(_service.Requests).Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpReq_Refused_SaysTheServicesWordsWithoutThePassword()
    {
        _service.Answer = (422, """{"error": "zone is locked, pass-word"}""");
        var e = await FailsAsync(() => Create("httpreq", $"endpoint={_service.Address}", "username=u", "password=pass-word").AddAsync(Record("v"), default));
        Assert.Equal($"httpreq refused POST {_service.Address}/present with 422 UnprocessableEntity: zone is locked, ***", e.Message);
    }

    [Fact]
    public async Task HttpReq_Redirected_DoesNotCarryCredentialsAlong()
    {
        _service.Answer = (307, "");
        await FailsAsync(() => Create("httpreq", $"endpoint={_service.Address}").AddAsync(Record("v"), default));
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task HttpReq_NotThere_IsSaid()
    {
        var address = _service.Address;
        await _service.DisposeAsync();
        var e = await FailsAsync(() => Create("httpreq", $"endpoint={address}").AddAsync(Record("v"), default));
        Assert.Contains($"httpreq was not reached at {address}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcmeDns_Called_UpdatesItsSubdomain()
    {
        var provider = AcmeDns();
        await provider.AddAsync(Record("v", "D420C923.auth.test".ToLowerInvariant(), "auth.test"), default);
        await provider.RemoveAsync(Record("v", "d420c923.auth.test", "auth.test"), default);
        var (line, headers, body) = Assert.Single(_service.Requests);
        Assert.Equal(("POST /update", """{"subdomain":"D420C923","txt":"v"}"""), (line, body));
        Assert.Contains("X-Api-User: the-user\n", headers + "\n", StringComparison.Ordinal);
        Assert.Contains("X-Api-Key: the-key\n", headers + "\n", StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcmeDns_NotDelegated_SaysWhichCnameIsMissing()
    {
        var e = await FailsAsync(() => AcmeDns().AddAsync(Record("v"), default));
        Assert.Contains("Make _acme-challenge of your domain a CNAME of D420C923.", e.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Requests);
    }

    [Fact]
    public async Task AcmeDns_Refused_SaysItsWords()
    {
        _service.Answer = (401, """{"error": "forbidden"}""");
        var e = await FailsAsync(() => AcmeDns().AddAsync(Record("v", "d420c923.auth.test", "auth.test"), default));
        Assert.Contains("401 Unauthorized: forbidden Check the credentials", e.Message, StringComparison.Ordinal);
    }

    private KubeWsBridge.Certificates.Dns.IDnsProvider AcmeDns() =>
        Create("acmedns", $"server_url={_service.Address}", "username=the-user", "password=the-key", "subdomain=D420C923");
}
