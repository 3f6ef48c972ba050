using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Tests.Acme.Fakes;

namespace KubeWsBridge.Certificates.Tests.Acme;

public class RenewalAdviceTests
{
    private readonly JumpingTime _time = new();

    /// <summary>The example of RFC 9773 section 4.1.</summary>
    [Fact]
    public void Of_TheExample_IsTheExamplesName()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=example", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
            Convert.FromHexString("69885B6B87464041E1B37B847BA0AE2CDE01C8D4")));
        using var certificate = request.Create(
            new("CN=issuer"), X509SignatureGenerator.CreateForECDsa(key), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1), [0x87, 0x65, 0x43, 0x21]);

        Assert.Equal("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE", CertificateId.Of(certificate)!.Text);
    }

    [Theory, InlineData(7200, 7200), InlineData(1, 60), InlineData(10_000_000, 86_400), InlineData(null, 21_600)]
    public async Task GetRenewalAdvice_Window_IsReadWithTheTimeToAskAgain(int? retryAfter, int expected)
    {
        var start = _time.GetUtcNow().AddDays(60);
        var acme = new FakeAcme(_time)
        {
            Window = (start, start.AddDays(2)),
            RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        using var client = new AcmeClient(new() { Directory = acme.Directory, RequestTimeout = TimeSpan.FromDays(1) }, _time, () => 0.5, acme);

        var advice = await client.GetRenewalAdviceAsync(new("aki.serial"), CancellationToken.None);

        Assert.Equal(new(start, start.AddDays(2)), advice!.Window);
        Assert.Equal(expected, advice.AskAgain.TotalSeconds);
        Assert.Equal("https://acme.test/why", advice.Explanation!.AbsoluteUri);
        Assert.Contains("GET /ari/aki.serial", acme.Requests);
    }

    [Fact]
    public async Task GetRenewalAdvice_WindowIsUpsideDown_IsNotBelieved()
    {
        var acme = new FakeAcme(_time) { Window = (_time.GetUtcNow(), _time.GetUtcNow().AddDays(-2)) };
        using var client = new AcmeClient(new() { Directory = acme.Directory, RequestTimeout = TimeSpan.FromDays(1) }, _time, () => 0.5, acme);

        await Assert.ThrowsAsync<AcmeProtocolException>(() => client.GetRenewalAdviceAsync(new("aki.serial"), CancellationToken.None));
    }
}
