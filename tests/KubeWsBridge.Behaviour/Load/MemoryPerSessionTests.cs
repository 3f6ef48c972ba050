using KubeWsBridge.Behaviour.Fixtures;
using Xunit.Abstractions;

namespace KubeWsBridge.Behaviour.Load;

[Collection(LoadCollection.Name)]
public class MemoryPerSessionTests(ITestOutputHelper output)
{
    private const int Sessions = 500;

    /// <summary>The bridge's own share of an idle session, its worker not counted. Debug and AOT builds, all of them stay well below.</summary>
    private const long MostPerSession = 128 * 1024;

    [Fact]
    public async Task IdleSession_CostsTheBridgeLittle()
    {
        await using var bridge = await BridgeProcess.StartAsync(
            ["--php-executable", Peers.Find("bash", "apt-get install bash"), "--script", BridgeProcess.Handler("Load/cat.sh"),
             "--max-connections", "1000", "--max-processes", "1000"]);
        var probe = new ProcessProbe(bridge.Id);
        var clients = new List<RawClient>();

        // The first few pay for what all share.
        await ConnectAsync(bridge, clients, 20);
        var (memory, descriptors) = (probe.Pss, probe.Descriptors);
        await ConnectAsync(bridge, clients, Sessions);
        var perSession = (probe.Pss - memory) / Sessions;

        output.WriteLine($"PSS per idle session: {perSession / 1024.0:0.0} KiB; descriptors: {(probe.Descriptors - descriptors) / (double)Sessions:0.0}");
        Assert.InRange(perSession, long.MinValue, MostPerSession);

        foreach (var client in clients)
            await client.DisposeAsync();
        await Eventually.BecomesAsync("The number of workers", () => probe.Children, children => children == 0);
        await Eventually.BecomesAsync("The number of descriptors", () => probe.Descriptors, count => count <= descriptors);
    }

    private static Task ConnectAsync(BridgeProcess bridge, List<RawClient> clients, int count) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            var client = await RawClient.ConnectAsync(bridge.Port);
            lock (clients)
                clients.Add(client);
            await client.SendTextAsync("hello");
            Assert.Equal("hello"u8.ToArray(), await client.ReadDataAsync(5));
        });
}
