using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Dns.Http;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>Against the test suite that AWS publishes for Signature Version 4.</summary>
public class SignatureV4Tests
{
    private static readonly HastyTime Time = new() { Start = new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero) };

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")]
    [InlineData("GET", "//example//", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84")]
    [InlineData("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/?Param1=value2&Param1=value1", "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694")]
    [InlineData("GET", "/?\u1234=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public async Task Sign_VectorWithoutHeaders_Matches(string method, string target, string signature)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://example.amazonaws.com" + target);
        Assert.Equal(Expected("host;x-amz-date", signature), await SignAsync(request));
    }

    [Fact]
    public async Task Sign_VectorHeaderValueOrder_Matches()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        request.Headers.TryAddWithoutValidation("My-Header1", ["value4", "value1", "value3", "value2"]);
        Assert.Equal(Expected("host;my-header1;x-amz-date", "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"), await SignAsync(request));
    }

    [Fact]
    public async Task Sign_VectorHeaderValueTrim_Matches()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        request.Headers.TryAddWithoutValidation("My-Header1", " value1");
        request.Headers.TryAddWithoutValidation("My-Header2", "\"a   b   c\"");
        Assert.Equal(Expected("host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"), await SignAsync(request));
    }

    [Fact]
    public async Task Sign_VectorForm_Matches()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/") { Content = new StringContent("Param1=value1") };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        Assert.Equal(Expected("content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"), await SignAsync(request));
    }

    [Fact]
    public async Task Sign_VectorSessionToken_Matches()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        var signed = await SignAsync(request, "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267");
        Assert.Equal(Expected("host;x-amz-date;x-amz-security-token", "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"), signed);
    }

    private static async Task<string> SignAsync(HttpRequestMessage request, string? token = null)
    {
        var credentials = new AwsCredentials(
            "AKIDEXAMPLE", new ProviderSecret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), token is null ? null : new ProviderSecret(token));
        await new SignatureV4(credentials, "us-east-1", "service", Time).SignAsync(request, default);
        return Assert.Single(request.Headers.GetValues("Authorization"));
    }

    private static string Expected(string headers, string signature) =>
        $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={headers}, Signature={signature}";
}
