using System.Diagnostics;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour;

/// <summary>Sessions that outlive the process that was started for them.</summary>
public sealed class WorkerHandoffTests
{
    private const int Sessions = 3;

    [Fact]
    public async Task Session_WhoseProcessIsGone_HoldsTwoSocketsAndNoWorkersPlace()
    {
        await using var bridge = await BridgeProcess.StartWithHandlersAsync("--max-processes", "1");
        await VisitAsync(bridge); // what the runtime keeps for good is opened by the first session
        var before = Footprint.Of(bridge);

        var clients = new List<RawClient>();
        for (var i = 0; i < Sessions; i++)
            clients.Add(await EnteredAsync(bridge));

        await new Footprint(0, before.Sockets + 2 * Sessions, before.Pipes, before.Others, before.Threads).IsRestoredAsync(bridge);
        foreach (var client in clients)
        {
            await EchoesAsync(client);
            var session = await bridge.OpenedAsync(client);
            await client.SendCloseAsync(1000);
            Assert.Equal(1000, (await client.ReadToCloseAsync()).Code);
            await client.DisposeAsync();
            Assert.Contains("worker ended with status 0", await bridge.ClosedAsync(session), StringComparison.Ordinal);
        }

        await before.IsRestoredAsync(bridge);
    }

    private static async Task VisitAsync(BridgeProcess bridge)
    {
        await using var client = await EnteredAsync(bridge);
        var session = await bridge.OpenedAsync(client);
        await client.SendCloseAsync(1000);
        await client.ReadToCloseAsync();
        await bridge.ClosedAsync(session);
    }

    /// <summary>A session that echoes, once the only worker's place is free.</summary>
    private static async Task<RawClient> EnteredAsync(BridgeProcess bridge)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            var client = await RawClient.HandshakeAsync(bridge.Port, "/handoff");
            Assert.True(client.Status is 101 or 503 && clock.Elapsed < RawClient.Patience, client.Response);
            if (client.Status == 101)
            {
                await EchoesAsync(client);
                return client;
            }

            await client.DisposeAsync();
        }
    }

    private static async Task EchoesAsync(RawClient client)
    {
        await client.SendTextAsync("echo");
        Assert.Equal("echo"u8.ToArray(), await client.ReadDataAsync(4));
    }
}
