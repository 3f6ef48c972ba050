using KubeWsBridge.Behaviour.Fixtures;
using Xunit.Abstractions;

namespace KubeWsBridge.Behaviour.Load;

[Collection(LoadCollection.Name)]
public class SoakTests(ITestOutputHelper output)
{
    private const int AtOnce = 16;

    /// <summary>Growth that says nothing: heap the collector has not given back yet.</summary>
    private const long Slack = 16 * 1024 * 1024;

    [Fact]
    public async Task ThreeThousandSessions_EndWithTheMemoryOfOneThousand()
    {
        // It is the bridge that is looked at, so workers are what starts fastest.
        await using var bridge = await BridgeProcess.StartAsync(
            ["--php-executable", Peers.Find("bash", "apt-get install bash"), "--script", BridgeProcess.Handler("Load/cat.sh")]);
        var probe = new ProcessProbe(bridge.Id);
        var start = probe.Pss;

        await RunAsync(bridge, 1000);
        await Eventually.BecomesAsync("The number of workers", () => probe.Children, children => children == 0);
        var (early, threads, descriptors) = (probe.Pss, probe.Threads, probe.Descriptors);

        await RunAsync(bridge, 2000);
        await Eventually.BecomesAsync("The number of workers", () => probe.Children, children => children == 0);
        await Eventually.BecomesAsync("The number of descriptors", () => probe.Descriptors, count => count <= descriptors);
        await Eventually.BecomesAsync("Sessions closed", () => bridge.CountLogged("Session closed: client-closed"), closed => closed == 3000);
        var late = probe.Pss;

        output.WriteLine($"PSS {start / 1024} KiB at the start, {early / 1024} after 1,000 sessions, {late / 1024} after 3,000; threads {threads} and {probe.Threads}");
        Assert.InRange(late, 0, early + (early / 4) + Slack);
        Assert.InRange(probe.Threads, 1, threads + 8);
        Assert.Equal(3000, bridge.CountLogged("Session opened"));
        Assert.Equal(0, await bridge.StopAsync());
        Assert.Matches("Draining 0 sessions", bridge.Log);
    }

    private static Task RunAsync(BridgeProcess bridge, int sessions) =>
        Parallel.ForEachAsync(Enumerable.Range(0, sessions), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            await using var client = await RawClient.ConnectAsync(bridge.Port);
            var message = new byte[1 + (number % 5000)];
            await client.SendFrameAsync(2, message);
            Assert.Equal(message, await client.ReadDataAsync(message.Length));
            await client.SendCloseAsync(1000);
            Assert.Equal(1000, (await client.ReadToEndAsync()).CloseCode);
        });
}
