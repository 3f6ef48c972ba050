using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

/// <summary>How the path lets go: of the client in order or at once, and of the worker.</summary>
[SupportedOSPlatform("linux")]
public class SocketDataPathPartingTests
{
    private const int Small = 8192;

    [Fact]
    public async Task Detach_ClientHasSaidItsLastWord_OurEndFirstAndTheCloseAfterIts()
    {
        using var test = new PathUnderTest();
        await CloseFromClientAsync(test);

        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);

        Assert.Empty(test.Client.ReceiveToEnd());
        await test.SettleAsync();
        var closed = test.ClientClosed;
        Assert.False(closed.IsCompleted);
        test.Client.Shutdown(SocketShutdown.Send);
        await closed;
    }

    [Fact]
    public async Task Detach_ClientStillSpeaks_IsHeardOutAndGetsOurLastWords()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        await CloseFromClientAsync(test);
        await test.Path.CloseAsync(1000, "", default).WaitAsync(PathUnderTest.Patience);

        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);
        test.Path.EndInput(1000, "");
        test.Client.SendAll(new byte[2_000_000]);
        test.Path.DropWorker();
        test.Client.SendAll(new byte[2_000_000]);

        Assert.Equal([0x88, 2, 0x03, 0xE8], test.Client.ReceiveToEnd());
        test.Client.Shutdown(SocketShutdown.Send);
        await test.ClientClosed;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Detach_SomethingWaitsForAClientThatTakesIt_GoesOutFirst(bool halfClosed)
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        var sent = await test.BlockClientAsync();
        if (halfClosed)
            test.Client.Shutdown(SocketShutdown.Send);
        else
            test.Client.SendAll(ClientFrame.Close(1000));
        await test.ToWorker;

        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);
        await test.SettleAsync();

        // What the worker sent before it found the client full: whole frames, then the end.
        var taken = await Task.Run(() =>
        {
            var whole = 0;
            while (test.Client.Poll(-1, SelectMode.SelectRead) && test.Client.Available > 0)
                whole += test.ReceiveFrame().Payload.Length;
            return whole;
        }).WaitAsync(PathUnderTest.Patience);
        Assert.InRange(taken, 1, sent);
        Assert.Empty(test.Client.ReceiveToEnd());
        test.Client.Dispose();
        await test.ClientClosed;
    }

    [Fact]
    public async Task Detach_ClientNeverCloses_IsClosedAfterTheTimeout()
    {
        using var test = new PathUnderTest();
        await CloseFromClientAsync(test);
        await test.Path.CloseAsync(1000, "", default).WaitAsync(PathUnderTest.Patience);
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);
        await test.SettleAsync();
        var closed = test.ClientClosed;
        test.Time.Advance(PathUnderTest.CloseTimeout - TimeSpan.FromTicks(1));
        await test.SettleAsync();
        Assert.False(closed.IsCompleted);

        test.Time.Advance(TimeSpan.FromTicks(1));

        await closed;
        Assert.Equal([0x88, 2, 0x03, 0xE8], test.Client.ReceiveToEnd());
    }

    [Fact]
    public async Task Detach_ClientTakesNothing_IsReset()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        await test.BlockClientAsync();
        await CloseFromClientAsync(test);
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);

        await test.AdvanceUntilAsync(test.ClientClosed);

        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => test.Client.ReceiveToEnd()).SocketErrorCode);
    }

    [Fact]
    public async Task Detach_ClientHasNotEnded_IsCut()
    {
        using var test = new PathUnderTest();

        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);

        await test.ClientClosed;
        await test.ToWorker;
        Assert.Empty(test.Client.ReceiveToEnd());
        Assert.False(test.Path.ToClient.IsCompleted);
        test.Worker.SendAll(new byte[2_000_000]);
        test.Worker.Dispose();
        await test.ToClient;
    }

    [Fact]
    public async Task Detach_TwiceAndAbortAfterwards_AreHarmless()
    {
        using var test = new PathUnderTest();
        await CloseFromClientAsync(test);
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);

        test.Path.Abort();
        await test.SettleAsync();

        var closed = test.ClientClosed;
        Assert.False(closed.IsCompleted);
        test.Client.Dispose();
        await closed;
    }

    [Fact]
    public async Task Abort_WithEverythingBlocked_CompletesWhatConcernsTheClient()
    {
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small);
        await test.BlockClientAsync();
        await test.BlockWorkerAsync();
        var close = test.Path.CloseAsync(1000, "", default);
        var print = test.Path.Output.WriteAsync(PathUnderTest.Chunk([1]), default).AsTask();

        test.Path.Abort();

        await Task.WhenAll(test.ClientClosed, test.ToWorker, close, print).WaitAsync(PathUnderTest.Patience);
        Assert.Equal(ClientEnd.Gone, test.Path.End);
        await test.Path.AwaitCloseAsync(default).WaitAsync(PathUnderTest.Patience);
        test.Worker.SendAll(new byte[2_000_000]);
        test.Worker.Shutdown(SocketShutdown.Send);
        await test.ToClient;
    }

    [Fact]
    public async Task DropWorker_AfterTheClient_CompletesEverything()
    {
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small);
        await test.BlockClientAsync();
        await test.BlockWorkerAsync();
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);

        test.Path.DropWorker();
        test.Path.DropWorker();

        await Task.WhenAll(test.ToWorker, test.ToClient, test.WorkerClosed);
        await test.Path.Output.WriteAsync(PathUnderTest.Chunk([1]), default).AsTask().WaitAsync(PathUnderTest.Patience);
        await test.Path.CloseAsync(1000, "", default).WaitAsync(PathUnderTest.Patience);
        test.Path.EndInput(1000, "");
        await test.SettleAsync();
    }

    [Fact]
    public async Task DropWorker_ClientStillThere_CompletesBothWays()
    {
        using var test = new PathUnderTest(workerBuffers: Small);
        await test.BlockWorkerAsync();

        test.Path.DropWorker();

        await Task.WhenAll(test.ToWorker, test.ToClient, test.WorkerClosed);
        await test.Path.CloseAsync(1011, "", default).WaitAsync(PathUnderTest.Patience);
        Assert.Equal(Opcode.Close, test.ReceiveFrame().Opcode);
    }

    private static async Task CloseFromClientAsync(PathUnderTest test)
    {
        test.Client.SendAll(ClientFrame.Close(1000));
        await test.ToWorker;
        await test.SettleAsync();
    }
}
