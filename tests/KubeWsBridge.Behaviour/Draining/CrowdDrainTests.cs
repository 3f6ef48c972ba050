using System.Diagnostics;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Load;

namespace KubeWsBridge.Behaviour.Draining;

/// <summary>A pod with many users goes away.</summary>
[Collection(LoadCollection.Name)]
public class CrowdDrainTests
{
    private const int Sessions = 500;

    [Fact]
    public async Task Signal_With500Sessions_EndsThemOneAfterTheOther()
    {
        await using var bridge = await BridgeProcess.StartAsync(
            ["--php-executable", Peers.Bash, "--script", BridgeProcess.Handler("Load/cat.sh"), "--max-connections", "1000", "--max-processes", "1000",
             "--drain-delay", "2s", "--drain-period", "4s", "--drain-close-code", "1012", .. Operator.Options]);
        var clients = new List<RawClient>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Sessions), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            var client = await RawClient.ConnectAsync(bridge.Port);
            lock (clients)
                clients.Add(client);
        });
        await using var busy = await RawClient.ConnectAsync(bridge.Port);
        Assert.Equal(200, await bridge.ProbeAsync("/readyz"));

        bridge.Signal(15);
        await bridge.LoggedAsync("Draining begins");
        Assert.Equal((503, 200), (await bridge.ProbeAsync("/readyz"), await bridge.ProbeAsync("/livez")));
        await using var late = await RawClient.ConnectAsync(bridge.Port); // while load balancers still send clients here
        await busy.SendTextAsync("busy");
        Assert.Equal("busy"u8.ToArray(), await busy.ReadDataAsync(4));

        var endings = clients.Select(EndAsync).ToArray();
        await bridge.LoggedAsync("Draining 502 sessions");
        await using (var tooLate = await RawClient.HandshakeAsync(bridge.Port))
        {
            Assert.Equal(503, tooLate.Status);
            Assert.Matches(@"\r\nRetry-After: \d+\r\n", tooLate.Response);
        }

        var ends = await Task.WhenAll(endings);
        Assert.Equal(0, await bridge.ExitAsync());
        Assert.All(ends, end => Assert.Equal(1012, end.Ending.Code));
        Assert.All(ends, end => Assert.Matches(@"^The server is going away; reconnect\. retry=\d+$", end.Ending.Reason));
        AssertSpread([.. ends.Select(end => end.At).Order()]);
        foreach (var client in clients)
            await client.DisposeAsync();
        Assert.DoesNotMatch("cut short", bridge.Log);
    }

    /// <summary>
    /// A burst would be over within a small part of the time from the first to the last. The machine may stall, which makes a few come at once, but
    /// never that many; and no end comes early for it.
    /// </summary>
    private static void AssertSpread(long[] at)
    {
        var tenth = TimeSpan.FromSeconds(4).Ticks / 10;
        var fullest = at.Max(start => at.Count(moment => moment >= start && moment < start + tenth / 4));
        Assert.True(at[^1] - at[0] > 5 * tenth, $"All within {(at[^1] - at[0]) / (double)TimeSpan.TicksPerSecond:0.0} s.");
        Assert.True(fullest < Sessions / 2, $"{fullest} of {Sessions} within a fortieth of the period.");
    }

    private static async Task<(Ending Ending, long At)> EndAsync(RawClient client)
    {
        var ending = await client.ReadToCloseAsync();
        return (ending, Stopwatch.GetElapsedTime(0).Ticks);
    }
}
