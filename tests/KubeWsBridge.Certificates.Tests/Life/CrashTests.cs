
namespace KubeWsBridge.Certificates.Tests.Life;

/// <summary>Crashes at every moment of an order at which the world is touched, one after another, and what the next process makes of it.</summary>
public class CrashTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Order_CrashAtEveryMoment_LosesNothing(bool isRenewal, bool isForgotten)
    {
        var moments = 0;
        for (var isThrough = false; !isThrough; moments++)
            isThrough = await CrashAndRestartAsync(moments + 1, isRenewal, isForgotten);

        // Some 15 requests, 8 writes and deletions, 2 TXT values added and removed, each with a moment before and one after.
        Assert.True(moments > 45, $"only {moments} moments were reached");
    }

    private static async Task<bool> CrashAndRestartAsync(int moment, bool isRenewal, bool isForgotten)
    {
        using var world = new FakeWorld();
        if (isRenewal)
        {
            await new Replica(world).TurnAsync();
            world.Time.Advance(TimeSpan.FromDays(70));
        }
        var ordersBefore = world.First.Orders.Count;
        var fuse = new Fuse(moment);
        var dying = new Replica(world, null, fuse.Of, fuse.Of, fuse.Of);
        await Record.ExceptionAsync(dying.TurnAsync);
        var ordersAtCrash = world.First.Orders.Count;
        var issuedAtCrash = world.First.Orders.Skip(ordersBefore).FirstOrDefault()?.CertificatePem;
        if (isRenewal)
            Assert.NotEmpty(dying.Sink.Served);
        foreach (var order in world.First.Orders)
            order.IsGone = isForgotten; // what the process did not write down before it did it, nobody can undo then

        var restarted = new Replica(world);
        await restarted.TurnAsync();

        // A certificate is served, with its key, from the storage.
        var served = restarted.Life.Served;
        Assert.True(served is not null, $"nothing is served after a crash at moment {moment}");
        using var key = KubeWsBridge.Certificates.Acme.Ordering.CertificateKey.FromPem(served.KeyPem);
        Assert.Equal(served.Leaf.PublicKey.ExportSubjectPublicKeyInfo(), key.PublicKey.ExportSubjectPublicKeyInfo());

        // A certificate that was issued is the one that is served: its key was not lost.
        if (issuedAtCrash is not null && !isForgotten)
            Assert.StartsWith(served.Leaf.ExportCertificatePem(), issuedAtCrash, StringComparison.Ordinal);

        // No TXT value stays, no account is lost, and at most one new order is made.
        Assert.Equal(0, world.Zone.Count);
        Assert.Equal(1, world.First.Accounts);
        Assert.InRange(world.First.Orders.Count - ordersAtCrash, 0, 1);
        Assert.InRange(world.First.Orders.Count - ordersBefore, 1, 2);
        return !fuse.IsBurnt;
    }
}
