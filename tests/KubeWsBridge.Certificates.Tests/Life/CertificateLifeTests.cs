using System.Net;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Tests.Acme.Fakes;

namespace KubeWsBridge.Certificates.Tests.Life;

public sealed class CertificateLifeTests : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);

    private readonly FakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Turn_NothingStored_OrdersStoresAndServes()
    {
        var replica = new Replica(_world);

        var wait = await replica.TurnAsync();

        Assert.Equal(Poll, wait);
        Assert.Equal(LifeStage.Serve, replica.Life.Stage);
        Assert.Equal(["example.com", "*.example.com"], replica.Life.Served!.Record.Names);
        Assert.Equal(0, _world.Zone.Count);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_world.Folder, "orders")));
        Assert.Contains(replica.Log.Lines, line => line.StartsWith("Information: Serving the certificate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_AfterRestart_ServesWhatIsStored()
    {
        await new Replica(_world).TurnAsync();
        var restarted = new Replica(_world);

        await restarted.TurnAsync();

        Assert.NotNull(restarted.Sink.Serial);
        Assert.Single(_world.First.Orders);
    }

    [Theory, InlineData(90 * 24), InlineData(6 * 24), InlineData(24)]
    public async Task Turn_WindowRatio_IsOfTheActualLifetime(int hours)
    {
        _world.First.Lifetime = TimeSpan.FromHours(hours);
        var replica = new Replica(_world);
        await replica.TurnAsync();

        _world.Time.Advance(TimeSpan.FromHours(hours * 0.66));
        await replica.TurnAsync();
        Assert.Single(_world.First.Orders);

        _world.Time.Advance(TimeSpan.FromHours(hours * 0.02));
        await replica.TurnAsync();
        Assert.Equal(2, _world.First.Orders.Count);
    }

    [Fact]
    public async Task Turn_TenGenerations_EachServedAndThreeKept()
    {
        _world.First.Lifetime = TimeSpan.FromSeconds(60);
        var (first, second) = (new Replica(_world), new Replica(_world));
        for (var generation = 1; generation <= 10; generation++)
        {
            await first.TurnAsync();
            await second.TurnAsync();
            Assert.Equal(generation, first.Sink.Served.Count);
            Assert.Equal(first.Sink.Serial, second.Sink.Serial);
            Assert.True(first.Life.Served!.Leaf.NotAfter.ToUniversalTime() > _world.Time.GetUtcNow().UtcDateTime);
            _world.Time.Advance(TimeSpan.FromSeconds(41));
        }
        Assert.Equal(10, first.Sink.Served.Select(served => served.Leaf.SerialNumber).Distinct().Count());
        Assert.Equal(10, _world.First.Orders.Count);
        Assert.Equal(1, _world.First.Accounts);
        Assert.Equal(3, Directory.EnumerateDirectories(Directory.EnumerateDirectories(Path.Combine(_world.Folder, "certificates")).Single()).Count());
    }

    [Fact]
    public async Task Turn_AuthorityAdvises_RenewsInItsWindowAndReplaces()
    {
        var start = _world.Time.GetUtcNow().AddDays(10);
        _world.First.Window = (start, start.AddHours(1));
        var replica = new Replica(_world);
        await replica.TurnAsync();

        _world.Time.Advance(TimeSpan.FromDays(10) - TimeSpan.FromMinutes(1));
        await replica.TurnAsync();
        Assert.Single(_world.First.Orders);

        _world.Time.Advance(TimeSpan.FromMinutes(62));
        await replica.TurnAsync();
        Assert.Equal(2, _world.First.Orders.Count);
        Assert.EndsWith("." + Serial(replica.Sink.Served[0]), _world.First.Orders[1].Replaces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_AuthorityRevokes_RenewsWhenItSaysSo()
    {
        var now = _world.Time.GetUtcNow();
        _world.First.Window = (now.AddDays(60), now.AddDays(61));
        var replica = new Replica(_world);
        await replica.TurnAsync();
        await replica.TurnAsync();

        _world.First.Window = (now.AddDays(-2), now.AddDays(-1));
        _world.Time.Advance(TimeSpan.FromHours(6));
        await replica.TurnAsync();

        Assert.Equal(2, _world.First.Orders.Count);
    }

    [Fact]
    public async Task Turn_AuthorityIsDown_ServesOnAndBacksOffLongerEachTime()
    {
        var replica = new Replica(_world);
        await replica.TurnAsync();
        var attempts = 0;
        _world.First.Instead = request => request.RequestUri!.AbsolutePath == "/new-account"
            ? FakeAcme.Problem(HttpStatusCode.Forbidden, "userActionRequired", $"down, {attempts++}")
            : null;
        _world.Time.Advance(TimeSpan.FromDays(70));

        var waits = new List<double>();
        for (var began = _world.Time.GetUtcNow(); waits.Count < 12; _world.Time.Advance(TimeSpan.FromSeconds(15)))
        {
            await replica.TurnAsync();
            if (attempts == waits.Count)
                continue;
            waits.Add((_world.Time.GetUtcNow() - began).TotalMinutes);
            began = _world.Time.GetUtcNow();
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360], waits.Select(wait => Math.Round(wait)));
        Assert.Single(replica.Sink.Served);
        Assert.Contains(replica.Log.Lines, line => line.Contains("After 12 failed attempts in a row", StringComparison.Ordinal)
            && line.EndsWith("also after a restart; the old certificate is served on.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_RestartedWhileBackingOff_DoesNotTryAtOnce()
    {
        _world.First.Instead = _ => FakeAcme.Problem(HttpStatusCode.Forbidden, "unauthorized", "down");
        await new Replica(_world).TurnAsync();
        var requests = _world.First.Requests.Count;

        var waiting = new Replica(_world);
        await waiting.TurnAsync();
        await waiting.TurnAsync();
        Assert.Equal(requests, _world.First.Requests.Count);
        Assert.Single(waiting.Log.Lines, line => line.Contains("the next attempt is made at 2030-01-01 00:01:00Z, since the last 1 failed:", StringComparison.Ordinal));

        _world.First.Instead = _ => null;
        _world.Time.Advance(TimeSpan.FromSeconds(61));
        var replica = new Replica(_world);
        await replica.TurnAsync();
        Assert.NotNull(replica.Sink.Serial);
        Assert.False(Directory.Exists(Path.Combine(_world.Folder, "attempts", replica.Managed.Id)));
    }

    [Fact]
    public async Task Turn_RateLimited_LeavesTheAuthorityAloneAsLongAsItSays()
    {
        _world.First.Instead = request => request.RequestUri!.AbsolutePath == "/new-order"
            ? FakeAcme.Problem(HttpStatusCode.TooManyRequests, "rateLimited", "too many", TimeSpan.FromHours(30))
            : null;
        var replica = new Replica(_world);
        await replica.TurnAsync();
        _world.First.Instead = _ => null;

        _world.Time.Advance(TimeSpan.FromHours(29.9));
        await replica.TurnAsync();
        Assert.Null(replica.Sink.Serial);

        _world.Time.Advance(TimeSpan.FromHours(0.2));
        await replica.TurnAsync();
        Assert.NotNull(replica.Sink.Serial);
    }

    [Fact]
    public async Task Turn_FirstAuthorityFails_TheSecondGivesOne()
    {
        _world.First.Instead = request => request.RequestUri!.AbsolutePath == "/new-order"
            ? FakeAcme.Problem(HttpStatusCode.TooManyRequests, "rateLimited", "too many", TimeSpan.FromHours(30))
            : null;
        var replica = new Replica(_world, _world.WithTwoIssuers);

        await replica.TurnAsync();

        Assert.Equal(_world.Second.Directory, replica.Life.Served!.Record.Issuer);
        Assert.Contains(replica.Log.Lines, line => line.StartsWith("Warning: first.test gave no certificate for example.com, *.example.com:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_AllAuthoritiesFail_SaysWhatEachSaid()
    {
        _world.First.Instead = _ => FakeAcme.Problem(HttpStatusCode.Forbidden, "unauthorized", "first says no");
        _world.Second.Instead = _ => FakeAcme.Problem(HttpStatusCode.Forbidden, "unauthorized", "second says no");
        var replica = new Replica(_world, _world.WithTwoIssuers);

        await replica.TurnAsync();

        Assert.Equal(LifeStage.BackOff, replica.Life.Stage);
        var written = File.ReadAllText(Directory.EnumerateFiles(Path.Combine(_world.Folder, "attempts"), "attempts.json", SearchOption.AllDirectories).Single());
        Assert.Contains("first says no", written, StringComparison.Ordinal);
        Assert.Contains("second says no", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_OrderAtStart_OrdersOnceAProcess()
    {
        await new Replica(_world).TurnAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        var forced = new Replica(_world, managed => managed with { OrderAtStart = true });

        await forced.TurnAsync();
        await forced.TurnAsync();

        Assert.Equal(2, _world.First.Orders.Count);
        Assert.Equal(2, forced.Sink.Served.Count); // the old one at once, then the new one
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Turn_ReusePrivateKey_KeepsItOnlyWhenAsked(bool reuse)
    {
        var replica = new Replica(_world, managed => managed with { ReusePrivateKey = reuse });
        await replica.TurnAsync();
        _world.Time.Advance(TimeSpan.FromDays(70));
        await replica.TurnAsync();

        Assert.Equal(reuse, replica.Sink.Served[0].KeyPem == replica.Sink.Served[1].KeyPem);
    }

    [Fact]
    public async Task Turn_StoredCertificateIsDamaged_IsReplaced()
    {
        await new Replica(_world).TurnAsync();
        var key = Directory.EnumerateFiles(Path.Combine(_world.Folder, "certificates"), "key.pem", SearchOption.AllDirectories).Single();
        File.WriteAllText(key, "half a ke");
        var replica = new Replica(_world);

        await replica.TurnAsync();

        Assert.Single(replica.Sink.Served);
        Assert.Equal(2, _world.First.Orders.Count);
        Assert.Contains(replica.Log.Lines, line => line.StartsWith("Error: What is stored of the certificate for example.com, *.example.com can't be used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_AuthorityForgotTheAccount_MakesItAgain()
    {
        var replica = new Replica(_world);
        await replica.TurnAsync();
        _world.First.ForgetAccounts();
        _world.Time.Advance(TimeSpan.FromDays(70));

        await replica.TurnAsync();

        Assert.Equal(2, replica.Sink.Served.Count);
    }

    [Fact]
    public async Task Turn_AccountWasDeactivated_SaysHowToGetANewOne()
    {
        await new Replica(_world).TurnAsync();
        _world.Time.Advance(TimeSpan.FromDays(70));
        _world.First.Instead = request => request.RequestUri!.AbsolutePath == "/new-account"
            ? FakeAcme.Problem(HttpStatusCode.Unauthorized, "unauthorized", "the account is deactivated")
            : null;
        var replica = new Replica(_world);

        await replica.TurnAsync();

        Assert.Contains(replica.Log.Lines, line => line.Contains("If it was deactivated, remove accounts/first.test-", StringComparison.Ordinal));
        Assert.NotNull(replica.Sink.Serial);
    }

    [Fact]
    public void Id_OtherNamesKeysOrAuthorities_IsAnother()
    {
        var managed = _world.Managed;
        string[] ids =
        [
            managed.Id,
            (managed with { Names = [managed.Names[0]] }).Id,
            (managed with { KeyType = "p384" }).Id,
            (managed with { Issuers = [new() { Directory = Issuer.LetsEncrypt }] }).Id,
        ];

        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(managed.Id, (managed with { Names = [.. managed.Names.Reverse()] }).Id.Replace("wildcard.", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_EndsWhenItIsTold()
    {
        using var ending = new CancellationTokenSource();
        var replica = new Replica(_world);
        var running = replica.Life.RunAsync(ending.Token);

        await ending.CancelAsync();

        await running;
    }

    private static string Serial(StoredCertificate certificate) => KubeWsBridge.Certificates.Acme.CertificateId.Of(certificate.Leaf)!.Text.Split('.')[1];
}
