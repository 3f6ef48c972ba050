using System.Collections.Concurrent;
using KubeWsBridge.Behaviour.Tls;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>The program is killed at each step of an order, with all it holds in memory, and started again.</summary>
[Collection(AcmeCollection.Name)]
public sealed class KilledOrderTests(NamedPebble pebble) : IClassFixture<NamedPebble>
{
    private static readonly string[] Steps =
        ["dir", "nonce-plz", "sign-me-up", "order-plz", "authZ", "chalZ", "authZ", "my-order", "finalize-order", "my-order", "certZ"];

    [Fact]
    public async Task Sigkill_AtEachStep_LosesNothingAndLeavesNothing()
    {
        var stops = new ConcurrentDictionary<int, string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Steps.Length), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (step, _) => stops[step] = await KillAsync(step));
        Assert.Equal(Steps, stops.OrderBy(stop => stop.Key).Select(stop => stop.Value));
    }

    private async Task<string> KillAsync(int step)
    {
        await using var proxy = await AcmeProxy.StartAsync(pebble.Server, step);
        using var setup = new AcmeSetup(pebble.Server, proxy);
        var killed = await setup.StartAsync(pebble.ByDns);
        var stop = await proxy.Stopped.WaitAsync(TimeSpan.FromSeconds(60));
        killed.Signal(9);
        await killed.ExitAsync();
        var (account, ordered) = (KeyIn(setup, "accounts"), KeyIn(setup, "orders"));
        Assert.Empty(setup.Stored("certificates"));

        await using var next = await setup.StartAsync(pebble.ByDns);
        var serial = await AcmeSetup.ServedAsync(next);
        Assert.Equal(serial, (await TlsBridge.ShownAsync(next)).SerialNumber);
        Assert.True(account is null || account == KeyIn(setup, "accounts"), $"{stop}: the account's key was lost.");
        // The key is on disk before the order's next step, and it is the one the certificate has.
        Assert.True(ordered is null || ordered == KeyIn(setup, "certificates"), $"{stop}: the order's key was lost.");
        Assert.Equal(ordered is null && step >= Array.IndexOf(Steps, "order-plz") + 1 ? 2 : 1, proxy.Orders);
        Assert.Empty(await pebble.TextsAsync(setup.Name));
        foreach (var folder in new[] { "dns", "orders", "challenges", "attempts" })
            Assert.Empty(setup.Stored(folder));
        return stop;
    }

    private static string? KeyIn(AcmeSetup setup, string folder) =>
        setup.Stored(folder).Where(file => file.EndsWith("key.pem", StringComparison.Ordinal)).Select(File.ReadAllText).Distinct().SingleOrDefault();
}
