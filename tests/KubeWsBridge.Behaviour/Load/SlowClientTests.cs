using System.Net.Sockets;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Load;

[Collection(LoadCollection.Name)]
public class SlowClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task TricklingHeaders_AreCutByTheHeaderTimeout()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--header-timeout", "1s");
        await using var client = await RawClient.TcpAsync(bridge.Port);
        var ended = client.ReadToCutAsync();

        // Twenty times the timeout, if nobody cut it.
        var request = RawClient.Handshake("/" + new string('a', 400));
        var sent = 0;
        while (sent < request.Length && !ended.IsCompleted)
        {
            if (!await TrySendAsync(client, request[sent..++sent]))
                break;
            await Task.Delay(50);
        }

        Assert.True(sent < request.Length, "The whole request was let in.");
        Assert.DoesNotContain(" 101 ", await ended, StringComparison.Ordinal);
        Assert.Equal(0, bridge.CountLogged("Session opened"));
    }

    [Fact]
    public async Task SilentConnections_StopNobodyElse_AndAreCut()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--header-timeout", "2s", "--max-connections", "10");
        var probe = new ProcessProbe(bridge.Id);
        var descriptors = probe.Descriptors;
        var silent = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RawClient.TcpAsync(bridge.Port)));

        await using (var client = await RawClient.ConnectAsync(bridge.Port))
        {
            await client.SendTextAsync("hello");
            Assert.Equal("hello"u8.ToArray(), await client.ReadDataAsync(5));
        }

        foreach (var client in silent)
        {
            await client.ReadToCutAsync();
            await client.DisposeAsync();
        }

        // Some belong to the first session for good: the launcher's lifeline and the epoll instance.
        await Eventually.BecomesAsync("The number of descriptors", () => probe.Descriptors, count => count <= descriptors + 16);
    }

    [Fact]
    public async Task ClientThatNeverReads_IsEndedByHeartbeats_WithItsWorker()
    {
        await using var bridge = await BridgeProcess.StartAsync("Load/flood.php", "--heartbeat-interval", "1s", "--worker-grace", "1s");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await bridge.LoggedAsync("Session closed: heartbeat-timeout");

        await NothingIsLeftAsync(bridge);
    }

    [Fact]
    public async Task ClientThatSendsAndNeverReads_IsEndedByHeartbeats_WithItsWorker()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--heartbeat-interval", "1s", "--worker-grace", "1s");
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        var sending = new BulkSender(client.Socket, new BulkStream(1), 2).SendAsync(long.MaxValue, Patience);

        await bridge.LoggedAsync("Session closed: heartbeat-timeout");

        await NothingIsLeftAsync(bridge);
        await Assert.ThrowsAnyAsync<SocketException>(() => sending);
    }

    [Fact]
    public async Task ClientThatNeverReads_WhenTheWorkerIsGone_IsEndedByHeartbeats()
    {
        // The client's bytes meet a worker that reads none of them: the way to it breaks when it exits.
        await using var bridge = await BridgeProcess.StartAsync("Load/burst.php", "--heartbeat-interval", "1s");
        await using var client = await RawClient.TcpAsync(bridge.Port, socket => socket.ReceiveBufferSize = 16 * 1024);
        await client.SendAsync(RawClient.Handshake());
        await client.ReadResponseAsync();
        await client.SendFrameAsync(2, new byte[100_000]);

        await bridge.LoggedAsync("Session closed: (heartbeat-timeout|worker)");

        await NothingIsLeftAsync(bridge);
    }

    [Fact]
    public async Task HalfOpenClient_IsEndedByHeartbeats_WithItsWorker()
    {
        // Nothing is ever read or sent: what a client looks like whose machine has vanished.
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--heartbeat-interval", "1s", "--worker-grace", "1s");
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await bridge.LoggedAsync("Session closed: heartbeat-timeout");

        await NothingIsLeftAsync(bridge);
    }

    [Fact]
    public async Task SlowReader_OfABigAnswerWhoseWorkerIsGone_GetsAllOfItAndTheClose()
    {
        const int Total = 16 * 1024 * 1024;
        await using var bridge = await BridgeProcess.StartAsync("Load/burst.php");
        await using var client = await RawClient.TcpAsync(bridge.Port, socket => socket.ReceiveBufferSize = 64 * 1024);
        await client.SendAsync(RawClient.Handshake());
        await client.ReadResponseAsync();

        // About two megabytes a second: the worker is gone long before the end.
        var (data, code) = await client.ReadToEndAsync(() => Task.Delay(25));

        Assert.Equal(Total, data.Length);
        Assert.Equal(1000, code);
        Assert.All(Enumerable.Range(0, 1000).Select(i => i * 16_777L), i => Assert.Equal((byte)(i % 63001 % 251), data[i]));
    }

    [Fact]
    public async Task ClientsThatCloseAndNeverRead_HoldNoDescriptor()
    {
        await using var bridge = await BridgeProcess.StartAsync("Load/answer.php", "--php-arg=-n");
        var probe = new ProcessProbe(bridge.Id);
        await using (var first = await RawClient.ConnectAsync(bridge.Port))
        {
            await first.SendTextAsync("1\n");
            await first.ReadToEndAsync();
        }

        await NothingIsLeftAsync(bridge);
        await Eventually.SettlesAsync(() => probe.Descriptors, TimeSpan.FromSeconds(1));
        var before = probe.Descriptors;

        // Among many sizes there are some whose last bytes fill the kernel's buffers, but not the server's so far that a write would wait.
        var clients = new List<RawClient>();
        foreach (var size in Enumerable.Range(0, 128).Select(i => i * 32 * 1024))
        {
            var client = await RawClient.TcpAsync(bridge.Port, socket => socket.ReceiveBufferSize = 16 * 1024);
            clients.Add(client);
            await client.SendAsync(RawClient.Handshake());
            await client.ReadResponseAsync();
            await client.SendTextAsync($"{size}\n");
            await client.SendCloseAsync(1000);
        }

        await Eventually.BecomesAsync("Sessions closed", () => bridge.CountLogged("Session closed"), closed => closed == clients.Count + 1);
        await Eventually.BecomesAsync("The number of descriptors", () => probe.Descriptors, count => count <= before);
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static async Task NothingIsLeftAsync(BridgeProcess bridge)
    {
        var probe = new ProcessProbe(bridge.Id);
        await Eventually.BecomesAsync("The number of workers", () => probe.Children, children => children == 0);
    }

    private static async Task<bool> TrySendAsync(RawClient client, byte[] bytes)
    {
        try
        {
            await client.SendAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
