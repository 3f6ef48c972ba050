using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Tests.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

/// <summary>Ends of all kinds in random orders: every task completes, nothing is reported, both descriptors are closed.</summary>
[SupportedOSPlatform("linux")]
public class SocketDataPathOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Ends_InAnyOrder_CompleteEverything(int seed)
    {
        for (var run = 0; run < 60; run++)
        {
            var number = seed * 1000 + run;
            try
            {
                await RunAsync(new Random(number));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {number}", exception);
            }
        }
    }

    private static async Task RunAsync(Random random)
    {
        using var test = new PathUnderTest(clientBuffers: 8192, workerBuffers: 8192, tcpWorker: random.Next(2) == 0, readSize: 4096);
        using var patience = new CancellationTokenSource();
        var tasks = new List<Task>();
        var path = test.Path;
        test.Client.Blocking = test.Worker.Blocking = false;
        var printing = Task.CompletedTask;
        List<Action> events =
        [
            () => Try(test.Client, socket => socket.Send(ClientFrame.Binary(new byte[random.Next(20_000)]))),
            () => Try(test.Client, socket => socket.Send(ClientFrame.Ping("?"))),
            () => Try(test.Client, socket => socket.Send(ClientFrame.Close(1000))),
            () => Try(test.Client, socket => socket.Send([0xF0, 0x80, 1])),
            () => Try(test.Client, socket => socket.Shutdown(SocketShutdown.Send)),
            () => Try(test.Client, socket => socket.Receive(new byte[100_000])),
            () => Try(test.Client, _ => test.ResetClient()),
            () => Try(test.Worker, socket => socket.Send(new byte[random.Next(1, 60_000)])),
            () => Try(test.Worker, socket => socket.Receive(new byte[100_000])),
            () => Try(test.Worker, socket => socket.Shutdown(SocketShutdown.Send)),
            () => Try(test.Worker, socket => socket.Dispose()),
            () => Try(test.Worker, socket => (socket.LingerState = new LingerOption(true, 0)).ToString()),
            () => test.Path.EndInput(1000, ""),
            () => path.Heartbeat(),
            () => test.Time.Advance(PathUnderTest.Interval),
            () => tasks.Add(path.CloseAsync(1000 + random.Next(2), "", patience.Token)),
            () => tasks.Add(path.CloseAsync(1000, "", default)),
            () =>
            {
                if (!printing.IsCompleted)
                    return;
                printing = path.Output.WriteAsync(PathUnderTest.Chunk(new byte[random.Next(1, 10_000)]), default).AsTask();
                tasks.Add(printing);
            },
            path.Abort,
            () => tasks.Add(path.DetachAsync()),
            path.DropWorker,
        ];
        var awaitsClose = random.Next(10);

        for (var step = 0; step < 12; step++)
        {
            if (step == awaitsClose)
                tasks.Add(path.AwaitCloseAsync(patience.Token));
            events[random.Next(events.Count)]();
            if (random.Next(2) == 0)
                await test.SettleAsync();
        }

        await patience.CancelAsync();
        tasks.Add(path.DetachAsync());
        path.DropWorker();
        await Task.WhenAll([.. tasks, path.ToWorker, path.ToClient, test.WorkerClosed]).WaitAsync(PathUnderTest.Patience);
        await test.AdvanceUntilAsync(test.ClientClosed);
    }

    /// <summary>A socket that is closed, full, empty or reset is one of the orders.</summary>
    private static void Try(Socket socket, Action<Socket> action)
    {
        try
        {
            action(socket);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }
}
