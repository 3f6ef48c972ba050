using System.Net;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Tests.Acme.Fakes;

namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>What people ask for: renew now, look now, another certificate than the one that was taken away.</summary>
public sealed class RequestedRenewalTests : IDisposable
{
    private readonly FakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Renew_GoodCertificate_OrdersAnother()
    {
        var replica = new Replica(_world);
        await replica.TurnAsync();

        var outcome = await replica.Life.RenewAsync(CancellationToken.None);

        Assert.Equal(2, _world.First.Orders.Count);
        Assert.Equal(replica.Sink.Serial, outcome.Certificate!.Leaf.SerialNumber);
        Assert.Equal((false, 0), (outcome.IsElsewhere, outcome.Failures.Count));
    }

    [Fact]
    public async Task Renew_WhileFailuresAreWaitedFor_TriesAndSaysWhatIsWrong()
    {
        var replica = new Replica(_world);
        _world.First.Instead = request => request.RequestUri!.AbsolutePath == "/new-account" ? FakeAcme.Problem(HttpStatusCode.Forbidden, "userActionRequired", "no") : null;
        await replica.TurnAsync();

        Assert.Contains("no", Assert.Single((await replica.Life.RenewAsync(CancellationToken.None)).Failures), StringComparison.Ordinal);
        _world.First.Instead = _ => null;
        Assert.NotNull((await replica.Life.RenewAsync(CancellationToken.None)).Certificate);
    }

    [Fact]
    public async Task Renew_WhileAnotherOrders_DoesNothing()
    {
        var replica = new Replica(_world);
        await using var held = await new DirectoryStorage(_world.Folder).TryLockAsync(replica.Managed.Id, CancellationToken.None);

        Assert.True((await replica.Life.RenewAsync(CancellationToken.None)).IsElsewhere);
        Assert.Empty(_world.First.Orders);
    }

    [Fact]
    public async Task Turn_TakenOutOfTheStorage_OrdersAnotherWithAnotherKeyAndServesOnMeanwhile()
    {
        var replica = new Replica(_world, managed => managed with { ReusePrivateKey = true });
        await replica.TurnAsync();
        await new DirectoryStorage(_world.Folder).DeleteAsync($"certificates/{replica.Managed.Id}", CancellationToken.None);

        await replica.TurnAsync();

        Assert.Equal(2, replica.Sink.Served.Count);
        Assert.NotEqual(replica.Sink.Served[0].KeyPem, replica.Sink.Served[1].KeyPem);
        await replica.TurnAsync();
        Assert.Equal(2, _world.First.Orders.Count);
    }

    [Fact]
    public async Task Run_LookNow_LooksBeforeItsWaitIsOver()
    {
        using var ending = new CancellationTokenSource();
        var replica = new Replica(_world);
        await replica.TurnAsync();
        var running = replica.Life.RunAsync(ending.Token);
        await new Replica(_world, managed => managed with { OrderAtStart = true }).Life.RenewAsync(CancellationToken.None);

        // The clock stands still, so its wait is never over.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (replica.Sink.Served.Count < 2 && !patience.IsCancellationRequested)
        {
            replica.Life.LookNow();
            await Task.Yield();
        }
        await ending.CancelAsync();
        await running;
        Assert.Equal(2, replica.Sink.Served.Count);
    }
}
