using System.Net;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Tests.Acme.Fakes;

namespace KubeWsBridge.Certificates.Tests.Acme;

public class RetryTests
{
    private readonly JumpingTime _time = new();
    private readonly FakeAcme _acme;
    private readonly AcmeClient _client;

    public RetryTests()
    {
        _acme = new(_time);
        _client = new(new() { Directory = _acme.Directory, RequestTimeout = TimeSpan.FromDays(1) }, _time, () => 0.5, _acme);
    }

    [Theory, InlineData(20, true), InlineData(21, false)]
    public async Task BadNonce_IsRepeatedTwentyTimes(int refusals, bool isAccepted)
    {
        var attempts = 0;
        Answer("/new-account", () => attempts++ < refusals ? FakeAcme.Problem(HttpStatusCode.BadRequest, "badNonce") : null);

        var opening = OpenAsync();

        if (isAccepted)
            await opening;
        else
            Assert.Equal(ProblemKinds.BadNonce, (await Assert.ThrowsAsync<AcmeProblemException>(() => opening)).Kind);
        Assert.Equal(21, attempts);
        Assert.Empty(_time.Waits); // refused nonces are no reason to be slow
    }

    [Fact]
    public async Task RateLimit_ThatSaysSoon_IsSatOut()
    {
        var attempts = 0;
        Answer("/new-account", () => attempts++ < 2 ? FakeAcme.Problem(HttpStatusCode.TooManyRequests, "rateLimited", "slowly", TimeSpan.FromSeconds(20)) : null);

        await OpenAsync();

        Assert.Equal([TimeSpan.FromSeconds(20.5), TimeSpan.FromSeconds(20.5)], _time.Waits);
    }

    [Theory, InlineData(3600), InlineData(null)]
    public async Task RateLimit_ThatSaysLaterOrNothing_IsReportedAtOnce(int? seconds)
    {
        TimeSpan? wait = seconds is { } value ? TimeSpan.FromSeconds(value) : null;
        Answer("/new-account", () => FakeAcme.Problem(HttpStatusCode.TooManyRequests, "rateLimited", "too many certificates", wait));

        var limited = await Assert.ThrowsAsync<AcmeProblemException>(OpenAsync);

        Assert.Equal(wait, limited.RetryAfter);
        Assert.Empty(_time.Waits);
        Assert.StartsWith("The authority at acme.test refused: rateLimited: too many certificates.", limited.Message, StringComparison.Ordinal);
        Assert.Contains("staging", limited.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerInTrouble_IsAskedAgainMoreAndMoreSlowly()
    {
        Answer("/new-account", () => new(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("<html>") });

        var failed = await Assert.ThrowsAsync<AcmeProblemException>(OpenAsync);

        Assert.Equal([0.5, 1, 2, 4], _time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal("HTTP status 503", failed.Kind);
    }

    [Fact]
    public async Task ConnectionLost_IsRepeated()
    {
        var attempts = 0;
        Answer("/new-account", () => attempts++ < 3 ? throw new HttpRequestException("reset") : null);

        await OpenAsync();

        Assert.Equal(4, attempts);
        Assert.Equal([0.5, 1, 2], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Refusal_IsNotRepeated()
    {
        var attempts = 0;
        Answer("/new-account", () => FakeAcme.Problem(HttpStatusCode.Forbidden, "unauthorized", $"no {attempts++}"));

        await Assert.ThrowsAsync<AcmeProblemException>(OpenAsync);

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Directory_IsSomethingElse_SaysSo()
    {
        Answer("/directory", () => new(HttpStatusCode.OK) { Content = new StringContent("<html>hello</html>") });

        var wrong = await Assert.ThrowsAsync<AcmeProtocolException>(() => _client.GetDirectoryAsync(CancellationToken.None));

        Assert.Equal("https://acme.test/directory is not answered as ACME (RFC 8555) says: the answer is no Directory object. Is the directory's URL right?", wrong.Message);
    }

    [Fact]
    public async Task Directory_PointsToPlainHttp_IsNotFollowed()
    {
        Answer("/directory", () => new(HttpStatusCode.OK)
        {
            Content = new StringContent("""
                {"newNonce":"http://acme.test/n","newAccount":"http://acme.test/a","newOrder":"http://acme.test/o",
                 "revokeCert":"http://acme.test/r","keyChange":"http://acme.test/k","meta":null}
                """),
        });

        await Assert.ThrowsAsync<AcmeProtocolException>(OpenAsync);
        Assert.Equal(["GET /directory"], _acme.Requests);
    }

    private Task<AcmeAccount> OpenAsync() => _client.OpenAccountAsync(AccountKey.Create(), new() { TermsAgreed = true }, CancellationToken.None);

    private void Answer(string path, Func<HttpResponseMessage?> answer) =>
        _acme.Instead = request => request.RequestUri!.AbsolutePath == path ? answer() : null;
}
