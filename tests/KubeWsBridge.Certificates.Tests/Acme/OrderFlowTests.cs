using System.Net;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Acme.Signing;
using KubeWsBridge.Certificates.Tests.Acme.Fakes;

namespace KubeWsBridge.Certificates.Tests.Acme;

public class OrderFlowTests
{
    private readonly JumpingTime _time = new();
    private readonly FakeAcme _acme;
    private readonly AcmeClient _client;
    private readonly MemoryJournal _journal = new();
    private readonly List<OrderEvent> _events = [];
    private readonly AccountKey _key = AccountKey.Create();

    public OrderFlowTests()
    {
        _acme = new(_time);
        _client = new(new() { Directory = _acme.Directory, RequestTimeout = TimeSpan.FromDays(1) }, _time, () => 0.5, _acme);
    }

    [Fact]
    public async Task Run_KeyAndOrderAreWrittenDownBeforeTheyMatter()
    {
        var issued = await RunAsync(new Dns01Solver(_acme.Zone), Order("*.example.com"));

        Assert.Equal(["order", "presented", "cleaned"], _journal.History.Select(record =>
            record.Presented.Count > 0 ? "presented" : record == _journal.History[0] ? "order" : "cleaned"));
        Assert.All(_journal.History, record => Assert.Equal(issued.KeyPem, record.KeyPem));
    }

    [Fact]
    public async Task Run_StillPending_IsAskedAsOftenAsTheAuthoritySays()
    {
        (_acme.Pending, _acme.RetryAfter) = (3, TimeSpan.FromSeconds(7));

        await RunAsync(new Http01Solver(_acme.Web), Order("example.com"));

        Assert.Equal([7.5, 7.5, 7.5], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Run_StillPendingAndNoAdvice_IsAskedMoreAndMoreSlowly()
    {
        _acme.Pending = 6;

        await RunAsync(new Http01Solver(_acme.Web), Order("example.com"));

        Assert.Equal([1, 2, 4, 8, 15, 15], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory, InlineData("shortlived", true), InlineData("no-such", false)]
    public async Task Run_Profile_IsAskedFor(string profile, bool isOffered)
    {
        var running = RunAsync(new Http01Solver(_acme.Web), Order("example.com") with { Profile = profile });

        if (isOffered)
        {
            await running;
            Assert.Equal(profile, _acme.Orders.Single().Profile);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<AcmeProblemException>(() => running);
            Assert.EndsWith("Take one of the profiles the authority's directory lists, or none.", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_Replaces_IsSaidOnce()
    {
        _acme.Window = (_time.GetUtcNow(), _time.GetUtcNow().AddDays(1));
        var replacing = Order("example.com") with { Replaces = new("aki.serial") };

        await RunAsync(new Http01Solver(_acme.Web), replacing);
        _journal.Order = null;
        await RunAsync(new Http01Solver(_acme.Web), replacing);

        Assert.Equal(["aki.serial", null], _acme.Orders.Select(order => order.Replaces));
    }

    [Fact]
    public async Task Run_ReplacesWithoutRenewalInformation_IsNotSaid()
    {
        await RunAsync(new Http01Solver(_acme.Web), Order("example.com") with { Replaces = new("aki.serial") });

        Assert.Null(_acme.Orders.Single().Replaces);
    }

    [Fact]
    public async Task Run_OrderExpired_IsPlacedAnew()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new Unable(), Order("example.com")));
        _acme.Orders[0].IsGone = true;

        await RunAsync(new Http01Solver(_acme.Web), Order("example.com"));

        Assert.Equal(2, _acme.Orders.Count);
        Assert.Contains(_events, step => step.Step == OrderStep.Forgotten);
    }

    [Fact]
    public async Task Run_PresentingFails_GoesOnWithTheSameOrder()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new Unable(), Order("example.com")));

        await RunAsync(new Http01Solver(_acme.Web), Order("example.com"));

        Assert.Single(_acme.Orders);
        Assert.Contains(_events, step => step is { Step: OrderStep.Resumed, Detail: "it is pending" });
    }

    [Fact]
    public async Task Run_OtherNames_AreAnotherOrder()
    {
        await RunAsync(new Http01Solver(_acme.Web), Order("example.com"));

        await RunAsync(new Http01Solver(_acme.Web), Order("example.com", "www.example.com"));

        Assert.Equal(2, _acme.Orders.Count);
    }

    [Fact]
    public async Task Run_CleanUpFails_IsTriedAgainByTheNextAttempt()
    {
        var zone = new Stubborn(_acme.Zone) { IsStubborn = true };
        await RunAsync(new Dns01Solver(zone), Order("*.example.com"));
        Assert.Equal(1, _acme.Zone.Count);

        zone.IsStubborn = false;
        await RunAsync(new Dns01Solver(zone), Order("*.example.com"));

        Assert.Equal(0, _acme.Zone.Count);
        Assert.Contains(_events, step => step.Step == OrderStep.CleanUpFailed);
        Assert.Empty(_journal.Order!.Presented);
    }

    [Fact]
    public async Task Run_Cancelled_CleansUpAllTheSame()
    {
        using var ending = new CancellationTokenSource();
        _acme.Instead = request =>
        {
            if (request.RequestUri!.AbsolutePath.StartsWith("/challenge", StringComparison.Ordinal))
                ending.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(new Dns01Solver(_acme.Zone), Order("*.example.com"), ending.Token));

        Assert.Contains(_events, step => step.Step == OrderStep.CleanedUp);
        Assert.Equal(0, _acme.Zone.Count);
    }

    [Fact]
    public async Task Run_NeverThrough_IsGivenUpAtTheDeadline()
    {
        _acme.Pending = int.MaxValue;
        var real = new OrderFlowOptions { Deadline = TimeSpan.FromMilliseconds(200), FirstPoll = TimeSpan.FromMilliseconds(5) };
        using var client = new AcmeClient(new() { Directory = _acme.Directory }, handler: _acme);
        var account = await client.OpenAccountAsync(_key, new() { TermsAgreed = true }, CancellationToken.None);
        var flow = new OrderFlow(account, [new Http01Solver(_acme.Web)], _journal, new KeySource(CertificateKeyType.P256), real, report: _events.Add);

        var late = await Assert.ThrowsAsync<AcmeTimeoutException>(() => flow.RunAsync(Order("example.com"), CancellationToken.None));

        Assert.Contains("while proving control of the names", late.Message, StringComparison.Ordinal);
        Assert.Empty(_journal.Order!.Presented);
    }

    [Fact]
    public async Task Run_WrongCertificate_IsNotTaken()
    {
        await RunAsync(new Http01Solver(_acme.Web), Order("other.example.com"));
        var wrong = _acme.Orders[0].CertificatePem!;
        _acme.Instead = request => request.RequestUri!.AbsolutePath == "/cert/1" ? new(HttpStatusCode.OK) { Content = new StringContent(wrong) } : null;

        var refused = await Assert.ThrowsAsync<AcmeOrderException>(() => RunAsync(new Http01Solver(_acme.Web), Order("example.com")));

        Assert.Contains("another key", refused.Message, StringComparison.Ordinal);
    }

    private async Task<IssuedCertificate> RunAsync(IChallengeSolver solver, OrderRequest request, CancellationToken cancellationToken = default)
    {
        var account = await _client.OpenAccountAsync(_key, new() { TermsAgreed = true }, CancellationToken.None);
        var options = new OrderFlowOptions { Deadline = TimeSpan.FromDays(1), CleanUpDeadline = TimeSpan.FromDays(1) };
        var flow = new OrderFlow(account, [solver], _journal, new KeySource(CertificateKeyType.P256), options, _time, () => 0.5, _events.Add);
        return await flow.RunAsync(request, cancellationToken);
    }

    private static OrderRequest Order(params string[] names) => new() { Identifiers = [.. names.Select(Identifier.Parse)] };

    private sealed class Unable : IChallengeSolver
    {
        public string Type => ChallengeTypes.Http01;

        public Task PresentAsync(PresentedChallenge challenge, CancellationToken cancellationToken) => throw new InvalidOperationException("port 80 is taken");

        public Task CleanUpAsync(PresentedChallenge challenge, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Stubborn(FakeZone zone) : IDnsPublisher
    {
        public bool IsStubborn { get; set; }

        public Task AddAsync(string fqdn, string value, CancellationToken cancellationToken) => zone.AddAsync(fqdn, value, cancellationToken);

        public Task WaitAsync(string fqdn, string value, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(string fqdn, string value, CancellationToken cancellationToken) =>
            IsStubborn ? throw new IOException("no") : zone.RemoveAsync(fqdn, value, cancellationToken);
    }
}
