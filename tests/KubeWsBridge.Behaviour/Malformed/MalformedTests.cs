using System.Collections.Concurrent;
using KubeWsBridge.Behaviour.Conformance.Transports;
using KubeWsBridge.Behaviour.Fixtures;
using Xunit.Abstractions;

namespace KubeWsBridge.Behaviour.Malformed;

/// <summary>A thousand clients that get it wrong, each in a way of its own.</summary>
public class MalformedTests(ITestOutputHelper output)
{
    private const int Streams = 1000;
    private const int AtATime = 8;

    [Fact]
    public async Task Streams_Malformed_AreAnsweredWellFormedAndLeaveNothingBehind()
    {
        await using var bridge = await BridgeProcess.StartAsync(
            "echo.php", "--php-arg", "-n", "--max-payload-size", $"{MalformedStream.MaxPayload}",
            "--heartbeat-interval", "0", "--tail-timeout", "20s");
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => EchoAsync(bridge)));
        var children = ProcessWatch.Children(bridge.Id);
        await SettledAsync(bridge, () => ProcessWatch.Children(bridge.Id) == 0, () => $"{children} children before the first stream");
        var descriptors = ProcessWatch.Descriptors(bridge.Id);

        var failures = new ConcurrentBag<string>();
        var outcomes = new ConcurrentDictionary<string, int>();
        using (var http2 = new Http2Transport())
        {
            await Parallel.ForEachAsync(Enumerable.Range(1, Streams), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (seed, _) =>
            {
                try
                {
                    var outcome = await MalformedClient.RunAsync(new MalformedStream(seed), bridge.Port, http2);
                    outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
                }
                catch (Exception exception)
                {
                    failures.Add($"Seed {seed}: {exception.GetType().Name}: {exception.Message}");
                }
            });
        }

        output.WriteLine(string.Join('\n', outcomes.OrderByDescending(o => o.Value).Select(o => $"{o.Value} x {o.Key}")));
        Assert.True(failures.IsEmpty, string.Join('\n', failures));
        await EchoAsync(bridge);
        await SettledAsync(bridge, () => ProcessWatch.Children(bridge.Id) == 0, () => $"{ProcessWatch.Children(bridge.Id)} children are left");
        await SettledAsync(
            bridge, () => ProcessWatch.Descriptors(bridge.Id) == descriptors,
            () => $"Open are {ProcessWatch.Descriptors(bridge.Id)}, and before {descriptors}");
        Assert.DoesNotContain("Exception", bridge.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("is a bug", bridge.Log, StringComparison.Ordinal);
        Assert.Equal(0, bridge.CountLogged(@"^\S+ (error|crit|fail)"));
        Assert.Equal(0, await bridge.StopAsync());
    }

    private static async Task EchoAsync(BridgeProcess bridge)
    {
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        await client.SendTextAsync("normal");
        Assert.Equal("normal"u8.ToArray(), await client.ReadDataAsync(6));
        await client.SendCloseAsync(1000);
        Assert.Equal(1000, (await client.ReadToEndAsync()).CloseCode);
    }

    /// <summary>Looks again and again; between two looks the bridge serves a request, so that the looks are as fast as it is.</summary>
    private static async Task SettledAsync(BridgeProcess bridge, Func<bool> condition, Func<string> otherwise)
    {
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, otherwise());
            await using var client = await RawClient.TcpAsync(bridge.Port);
            await client.SendAsync("GET / HTTP/1.1\r\nHost: bridge.test\r\n\r\n"u8.ToArray());
            await client.ReadResponseAsync();
        }
    }
}
