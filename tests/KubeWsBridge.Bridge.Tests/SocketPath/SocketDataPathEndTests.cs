using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

/// <summary>The ends: by the client, by the worker, by our close frame.</summary>
[SupportedOSPlatform("linux")]
public class SocketDataPathEndTests
{
    private const int Small = 8192;

    [Fact]
    public async Task Close_FromTheClient_IsToldAfterWhatCameBeforeItHasGoneToTheWorker()
    {
        var payload = new byte[100_000];
        using var test = new PathUnderTest([.. ClientFrame.Binary(payload), .. ClientFrame.Close(4002, "done")], workerBuffers: Small);
        await test.SettleAsync();
        Assert.Null(test.Path.End);
        Assert.False(test.Path.ToWorker.IsCompleted);

        Assert.Equal(payload.Length, test.Worker.ReceiveExactly(payload.Length).Length);

        await test.ToWorker;
        Assert.Equal(new ClientEnd(ClientEndKind.Closed, 4002, Detail: "done"), test.Path.End);
        Assert.False(test.Path.ToClient.IsCompleted);
    }

    [Fact]
    public async Task Close_FromTheClient_WhatComesAfterIsNotLookedAt()
    {
        using var test = new PathUnderTest();

        test.Client.SendAll([.. ClientFrame.Text("a"), .. ClientFrame.Close(1000), .. ClientFrame.Text("b"), 0xFF, 0xFF]);
        await test.ToWorker;
        test.Path.EndInput(1000, "");

        Assert.Equal("a"u8, test.Worker.ReceiveToEnd());
        Assert.Equal(ClientEndKind.Closed, test.Path.End!.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Violation_BytesBeforeItReachTheWorker_AndTheCloseIsAwaited(bool byFrame)
    {
        using var test = new PathUnderTest();
        test.Client.SendAll([.. ClientFrame.Text("good"), 0xF0, 0x80]);
        await test.ToWorker;
        Assert.Equal("good"u8, test.Worker.ReceiveExactly(4));
        Assert.Equal((ClientEndKind.Violation, Refusals.ProtocolError), (test.Path.End!.Kind, test.Path.End.Violation));

        await test.Path.CloseAsync(1002, "bad", default).WaitAsync(PathUnderTest.Patience);
        var closed = test.Path.AwaitCloseAsync(default);
        var (opcode, payload) = test.ReceiveFrame();
        Assert.Equal((Opcode.Close, 1002, "bad"), (opcode, payload[0] * 256 + payload[1], Encoding.UTF8.GetString(payload[2..])));

        test.Client.SendAll([.. ClientFrame.Close(1002), 0x00]);
        await test.SettleAsync();
        test.Client.SendAll(ClientFrame.Close(1002).AsSpan(0, 5));
        await test.SettleAsync();
        Assert.False(closed.IsCompleted);

        if (byFrame)
            test.Client.SendAll(ClientFrame.Close(1002));
        else
            test.Client.Shutdown(SocketShutdown.Send);
        await closed.WaitAsync(PathUnderTest.Patience);
    }

    [Fact]
    public async Task Violation_TooBig_HasItsRefusal()
    {
        using var test = new PathUnderTest(maxPayload: 10);

        test.Client.SendAll(ClientFrame.Binary(new byte[11]));

        await test.ToWorker;
        Assert.Equal(Refusals.MessageTooBig, test.Path.End!.Violation);
    }

    [Fact]
    public async Task HalfClose_WorkerGetsEverything_AndTheClientItsTail()
    {
        using var test = new PathUnderTest();
        test.Client.SendAll(ClientFrame.Text("question"));
        test.Client.Shutdown(SocketShutdown.Send);
        await test.ToWorker;
        Assert.Equal(ClientEnd.Gone, test.Path.End);
        Assert.True(test.Path.ClientListens);

        test.Path.EndInput(1000, "");
        Assert.Equal("question"u8, test.Worker.ReceiveToEnd());
        test.Worker.SendAll("tail"u8);
        test.Worker.Dispose();
        await test.ToClient;
        await test.Path.CloseAsync(1000, "", default).WaitAsync(PathUnderTest.Patience);
        await test.Path.AwaitCloseAsync(default).WaitAsync(PathUnderTest.Patience);
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);

        Assert.Equal("tail", test.ReceiveText());
        Assert.Equal(Opcode.Close, test.ReceiveFrame().Opcode);
        Assert.Empty(test.Client.ReceiveToEnd());
        await test.ClientClosed;
    }

    [Fact]
    public async Task Reset_ByTheClient_EndsItAndNothingHangs()
    {
        using var test = new PathUnderTest();
        test.Client.SendAll(ClientFrame.Text("x"));
        Assert.Single(test.Worker.ReceiveExactly(1));

        test.ResetClient();

        await test.ToWorker;
        Assert.Equal((ClientEnd.Gone, false), (test.Path.End, test.Path.ClientListens));
        await test.Path.CloseAsync(1000, "", default).WaitAsync(PathUnderTest.Patience);
        await test.Path.AwaitCloseAsync(default).WaitAsync(PathUnderTest.Patience);
        await test.Path.Output.WriteAsync(PathUnderTest.Chunk([1]), default).AsTask().WaitAsync(PathUnderTest.Patience);
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);
        await test.ClientClosed;
        test.Worker.SendAll(new byte[2_000_000]);
        test.Worker.Dispose();
        await test.ToClient;
    }

    [Fact]
    public async Task Reset_AfterAHalfClose_ClientListensNoMore()
    {
        using var test = new PathUnderTest();
        test.Client.Shutdown(SocketShutdown.Send);
        await test.ToWorker;
        test.ResetClient();

        // A busy kernel delivers the reset late, and until then the client's socket takes what it is sent.
        for (var ended = test.ToClient; !ended.IsCompleted; await test.SettleAsync())
            test.Worker.SendAll("1"u8);
        await test.ToClient;

        Assert.False(test.Path.ClientListens);
    }

    [Fact]
    public async Task CloseFrameAndReset_WhileTheClientIsFull_CompleteBothWays()
    {
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small);
        await test.BlockClientAsync();

        using (TestLoop.Hold(test.Loop))
        {
            test.Client.SendAll(ClientFrame.Close(1000));
            test.ResetClient();
        }

        await test.ToWorker;
        await test.ToClient;
        Assert.Equal(ClientEndKind.Closed, test.Path.End!.Kind);
    }

    [Fact]
    public async Task Output_AfterTheClientBroke_IsSwallowedAndNoProgress()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        await test.BlockClientAsync();
        test.ResetClient();
        await test.ToWorker;
        await test.Path.Output.WriteAsync(PathUnderTest.Chunk([1]), default).AsTask().WaitAsync(PathUnderTest.Patience);
        var (sent, progress) = (test.Path.Traffic.BytesSent, test.Path.Progress);

        for (var chunk = 0; chunk < 10; chunk++)
            await test.Path.Output.WriteAsync(PathUnderTest.Chunk([1]), default).AsTask().WaitAsync(PathUnderTest.Patience);

        Assert.Equal((sent, progress), (test.Path.Traffic.BytesSent, test.Path.Progress));
    }

    [Fact]
    public async Task WorkersEnd_TheTailGoesOutFirst()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        await test.BlockClientAsync();
        test.Worker.Shutdown(SocketShutdown.Send);
        await test.SettleAsync();
        Assert.False(test.Path.ToClient.IsCompleted);

        var reading = Task.Run(() => test.Client.ReceiveToEnd());
        await test.ToClient;

        Assert.False(test.Path.ToWorker.IsCompleted);
        test.Client.Shutdown(SocketShutdown.Both);
        Assert.NotEmpty(await reading);
    }

    [Fact]
    public async Task WorkerTakesNothingMore_EndsTheWayToIt()
    {
        using var test = new PathUnderTest();
        test.Worker.Shutdown(SocketShutdown.Receive);

        test.Client.SendAll(ClientFrame.Text("x"));

        await test.ToWorker;
        Assert.Null(test.Path.End);
        test.Worker.SendAll("last"u8);
        Assert.Equal("last", test.ReceiveText());
    }

    [Fact]
    public async Task EndInput_DropsWhatWaitsAndSwallowsTheRest()
    {
        using var test = new PathUnderTest(workerBuffers: Small);
        var sent = await test.BlockWorkerAsync();

        test.Path.EndInput(1000, "");
        test.Client.SendAll(new byte[(16 << 20) - sent]);
        test.Client.SendAll([.. ClientFrame.Ping("there?"), .. ClientFrame.Close(1000)]);

        Assert.Equal((Opcode.Pong, "there?"), Text(test.ReceiveFrame()));
        await test.ToWorker;
        Assert.Equal(1000, test.Path.End!.CloseCode);
        Assert.InRange(test.Worker.ReceiveToEnd().Length, 1, sent);
        test.Worker.SendAll("still speaks"u8);
        Assert.Equal("still speaks", test.ReceiveText());
    }

    [Fact]
    public async Task CloseAsync_WaitsItsTurnBehindWhatTheClientHasYetToTake()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        var sent = await test.BlockClientAsync();
        var close = test.Path.CloseAsync(4000, "why", default);
        await test.SettleAsync();
        Assert.False(close.IsCompleted);

        var (length, opcode, _) = test.ReceiveToOther();

        Assert.True(await close.WaitAsync(PathUnderTest.Patience));
        Assert.InRange(length, 1, sent);
        Assert.Equal(Opcode.Close, opcode);
        test.Worker.SendAll("swallowed"u8);
        test.Worker.Dispose();
        await test.ToClient;
        await test.Path.DetachAsync().WaitAsync(PathUnderTest.Patience);
        Assert.Empty(test.Client.ReceiveToEnd());
    }

    [Fact]
    public async Task CloseAsync_ClientTakesNothing_IsGivenUp()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        await test.BlockClientAsync();
        using var patience = new CancellationTokenSource();
        var close = test.Path.CloseAsync(1000, "", patience.Token);
        await test.SettleAsync();
        Assert.False(close.IsCompleted);

        await patience.CancelAsync();

        Assert.False(await close.WaitAsync(PathUnderTest.Patience));
    }

    [Fact]
    public async Task CloseAsync_AbortedWhileItWaitsItsTurn_IsNotOut()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        await test.BlockClientAsync();
        var close = test.Path.CloseAsync(1001, "", default);
        await test.SettleAsync();

        test.Path.Abort();

        Assert.False(await close.WaitAsync(PathUnderTest.Patience));
        Assert.False(await test.Path.CloseAsync(1001, "", default).WaitAsync(PathUnderTest.Patience));
    }

    [Fact]
    public async Task CloseAsync_TwiceWhileTheClientIsFull_SendsOneFrameAndBothComplete()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        var sent = await test.BlockClientAsync();
        var first = test.Path.CloseAsync(4001, "", default);
        var second = test.Path.CloseAsync(4002, "", default);

        var (length, opcode, payload) = test.ReceiveToOther();

        Assert.True(await first.WaitAsync(PathUnderTest.Patience));
        Assert.False(await second.WaitAsync(PathUnderTest.Patience));
        Assert.InRange(length, 1, sent);
        Assert.Equal((Opcode.Close, 4001), (opcode, payload[0] * 256 + payload[1]));
        test.Path.Abort();
        await test.ClientClosed;
        Assert.Empty(test.Client.ReceiveToEnd());
    }

    [Fact]
    public async Task AwaitCloseAsync_AfterOurs_EndsAtTheClientsFrameAndThrowsAwayWhatComesBefore()
    {
        using var test = new PathUnderTest(workerBuffers: Small);
        var sent = await test.BlockWorkerAsync();
        await test.Path.CloseAsync(1000, "", default).WaitAsync(PathUnderTest.Patience);
        var closed = test.Path.AwaitCloseAsync(default);

        test.Client.SendAll(new byte[(16 << 20) - sent]);
        Assert.False(closed.IsCompleted);
        test.Client.SendAll(ClientFrame.Close(1000));

        await closed.WaitAsync(PathUnderTest.Patience);
    }

    [Fact]
    public async Task AwaitCloseAsync_ClientSaysNothing_IsGivenUp()
    {
        using var test = new PathUnderTest();
        using var patience = new CancellationTokenSource();
        var closed = test.Path.AwaitCloseAsync(patience.Token);
        await test.SettleAsync();
        Assert.False(closed.IsCompleted);

        await patience.CancelAsync();

        await closed.WaitAsync(PathUnderTest.Patience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientLost_WhileTheWorkerTakesNothing_IsTold(bool reset)
    {
        using var test = new PathUnderTest(clientsFirstBytes: ClientFrame.Binary(new byte[100_000]), workerBuffers: Small);
        await test.SettleAsync();
        Assert.False(test.Path.ClientLost.IsCompleted);

        if (reset)
            test.ResetClient();
        else
            test.Client.Dispose();

        await test.Path.ClientLost.WaitAsync(PathUnderTest.Patience);
        Assert.False(test.Path.ToWorker.IsCompleted);
        test.Path.DropWorker();
        await test.ToWorker;
    }

    private static (Opcode Opcode, string Text) Text((Opcode Opcode, byte[] Payload) frame) => (frame.Opcode, Encoding.UTF8.GetString(frame.Payload));
}
