using System.Net.Sockets;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Load;

[Collection(LoadCollection.Name)]
public class AbandonedConnectionTests
{
    private const int Connections = 1000;
    private const int AtOnce = 16;

    /// <summary>Where a client gives up.</summary>
    private enum Point
    {
        BeforeRequest,
        MidRequest,
        AfterRequest,
        DuringLaunch,
        MidFrame,
        MidMessage,
        DuringEcho,
        DuringClose,
        AfterEcho,
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("early")]
    public async Task ThousandConnections_DroppedAnywhere_LeaveNothing(string upgrade)
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--php-arg=-n", "--upgrade", upgrade, "--worker-grace", "1s");
        var probe = new ProcessProbe(bridge.Id);
        await EchoAsync(bridge);
        await Eventually.BecomesAsync("The number of workers", () => probe.Children, children => children == 0);
        var descriptors = probe.Descriptors;

        var random = new Random(20_25);
        var plans = Enumerable.Range(0, Connections / 2)
            .Select(_ => ((Point)random.Next(Enum.GetValues<Point>().Length), Seed: random.Next())).ToArray();
        await Parallel.ForEachAsync(
            plans, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (plan, _) => await AbandonAsync(bridge.Port, plan.Item1, plan.Seed));

        await Eventually.BecomesAsync("The number of workers", () => probe.Children, children => children == 0);
        await Eventually.BecomesAsync("The number of descriptors", () => probe.Descriptors, count => count <= descriptors);
        await EchoAsync(bridge);
        await Eventually.BecomesAsync(
            "Sessions opened minus closed", () => bridge.CountLogged("Session opened") - bridge.CountLogged("Session closed"), left => left == 0);
        Assert.Equal(0, await bridge.StopAsync());
        Assert.Matches("Draining 0 sessions", bridge.Log);
        Assert.DoesNotMatch("this is a bug", bridge.Log);
    }

    private static async Task EchoAsync(BridgeProcess bridge)
    {
        await using var client = await RawClient.ConnectAsync(bridge.Port);
        await client.SendTextAsync("still there?");
        Assert.Equal("still there?"u8.ToArray(), await client.ReadDataAsync(12));
        await client.SendCloseAsync(1000);
        await client.ReadToEndAsync();
    }

    private static async Task AbandonAsync(int port, Point point, int seed)
    {
        var random = new Random(seed);
        await using var client = await RawClient.TcpAsync(port);
        try
        {
            await PlayAsync(client, point, random);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server was faster; that is one of the ways to end.
        }

        if (random.Next(2) == 0)
            client.Reset();
    }

    private static async Task PlayAsync(RawClient client, Point point, Random random)
    {
        if (point == Point.BeforeRequest)
            return;

        var request = RawClient.Handshake();
        if (point == Point.MidRequest)
        {
            await client.SendAsync(request[..random.Next(1, request.Length)]);
            return;
        }

        await client.SendAsync(request);
        if (point == Point.AfterRequest)
            return;
        if (point == Point.DuringLaunch)
        {
            await Task.Delay(random.Next(30));
            return;
        }

        await client.ReadResponseAsync();
        var payload = new byte[random.Next(1, 100_000)];
        switch (point)
        {
            case Point.MidFrame:
                var frame = RawClient.Frame(2, payload);
                await client.SendAsync(frame[..random.Next(1, frame.Length)]);
                break;
            case Point.MidMessage:
                await client.SendFrameAsync(2, payload, final: false);
                break;
            case Point.DuringEcho:
                await client.SendFrameAsync(2, payload);
                await client.SendFrameAsync(2, payload);
                break;
            case Point.DuringClose:
                await client.SendFrameAsync(2, payload);
                await client.SendCloseAsync(1000);
                break;
            case Point.AfterEcho:
                await client.SendFrameAsync(2, payload);
                await client.ReadDataAsync(payload.Length);
                break;
        }
    }
}
