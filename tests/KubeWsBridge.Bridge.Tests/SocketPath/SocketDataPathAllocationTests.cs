using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Tests.Framing;
using KubeWsBridge.Bridge.Tests.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

/// <summary>A message costs no memory. Alone, because it counts what the whole process allocates.</summary>
[SupportedOSPlatform("linux")]
[Collection(nameof(SocketDataPathAllocationTests))]
[CollectionDefinition(nameof(SocketDataPathAllocationTests), DisableParallelization = true)]
public class SocketDataPathAllocationTests
{
    private const int Messages = 20_000;

    [Theory]
    [InlineData(16, 1, false)]
    [InlineData(16, 16, false)]
    [InlineData(1024, 1, true)]
    [InlineData(1024, 16, false)]
    public async Task Messages_BothWays_AllocateNothing(int size, int inFlight, bool tcpWorker)
    {
        using var test = new PathUnderTest(tcpWorker: tcpWorker);
        byte[] frames = [.. Enumerable.Repeat(ClientFrame.Binary(new byte[size]), inFlight).SelectMany(frame => frame)];
        var answers = inFlight * size;
        var header = answers <= 125 ? 2 : 4;
        var buffer = new byte[header + answers];

        await AssertNothingAllocatedAsync(test, inFlight, () =>
        {
            test.Client.Send(frames.AsSpan(), SocketFlags.None);
            Receive(test.Worker, buffer.AsSpan(0, answers));
            test.Worker.Send(buffer.AsSpan(0, answers), SocketFlags.None);
            Receive(test.Client, buffer);
        });

        Assert.InRange(test.Path.Traffic.MessagesReceived, Messages, long.MaxValue);
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 16)]
    [InlineData(1024, 16)]
    public async Task Messages_InMessagesFraming_AllocateNothing(int size, int inFlight)
    {
        using var test = new PathUnderTest(framing: WorkerFraming.Messages);
        byte[] frames = [.. Enumerable.Repeat(ClientFrame.Binary(new byte[size]), inFlight).SelectMany(frame => frame)];
        byte[] toWorker = [.. Enumerable.Repeat(WorkerFrame.Binary(new byte[size]), inFlight).SelectMany(frame => frame)];
        var header = size <= 125 ? 2 : 4;
        var buffer = new byte[inFlight * (header + size)];

        await AssertNothingAllocatedAsync(test, inFlight, () =>
        {
            test.Client.Send(frames.AsSpan(), SocketFlags.None);
            Receive(test.Worker, toWorker);
            test.Worker.Send(toWorker.AsSpan(), SocketFlags.None);
            Receive(test.Client, buffer);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Pings_AndTheirPongs_AllocateNothing(int inFlight)
    {
        using var test = new PathUnderTest();
        byte[] frames = [.. Enumerable.Repeat(ClientFrame.Ping("still there?"), inFlight).SelectMany(frame => frame)];
        var pongs = new byte[inFlight * (2 + 12)];

        await AssertNothingAllocatedAsync(test, inFlight, () =>
        {
            test.Client.Send(frames.AsSpan(), SocketFlags.None);
            Receive(test.Client, pongs);
        });
    }

    [Fact]
    public async Task Messages_CutInTheirHeaders_AllocateNothing()
    {
        using var test = new PathUnderTest();
        var frame = ClientFrame.Binary(new byte[16]);
        var buffer = new byte[16];

        await AssertNothingAllocatedAsync(test, 1, () =>
        {
            test.Client.Send(frame.AsSpan(0, 3), SocketFlags.None);
            Thread.Yield();
            test.Client.Send(frame.AsSpan(3), SocketFlags.None);
            Receive(test.Worker, buffer);
        });
    }

    /// <summary>Counts on the loop's thread, where everything happens, and in the whole process, where others may be busy for a moment.</summary>
    private static async Task AssertNothingAllocatedAsync(PathUnderTest test, int inFlight, Action exchange)
    {
        var (onLoop, inAll) = (long.MaxValue, long.MaxValue);
        Pump(Messages / 10 / inFlight, exchange);
        for (var round = 0; round < 3; round++)
        {
            var loopBefore = await AllocatedOnLoopAsync(test);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Pump(Messages / inFlight, exchange);
            inAll = Math.Min(inAll, GC.GetTotalAllocatedBytes(precise: true) - before);
            onLoop = Math.Min(onLoop, await AllocatedOnLoopAsync(test) - loopBefore);
        }

        Assert.InRange(onLoop, 0, 1024);
        Assert.InRange(inAll, 0, Messages);
    }

    private static void Pump(int times, Action exchange)
    {
        for (var time = 0; time < times; time++)
            exchange();
    }

    private static async Task<long> AllocatedOnLoopAsync(PathUnderTest test)
    {
        var count = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        test.Loop.Post(() => count.SetResult(GC.GetAllocatedBytesForCurrentThread()));
        return await count.Task.WaitAsync(PathUnderTest.Patience);
    }

    private static void Receive(Socket socket, Span<byte> whole)
    {
        while (!whole.IsEmpty)
        {
            var count = socket.Receive(whole, SocketFlags.None);
            if (count == 0)
                throw new InvalidOperationException("The end came early.");
            whole = whole[count..];
        }
    }
}
