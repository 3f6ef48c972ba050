using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Tests.Framing;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

[SupportedOSPlatform("linux")]
public class SocketDataPathMessagesTests : MessagesPathTests
{
    [Fact]
    public void Client_MoreThanTheBufferAtOnce_IsPieces()
    {
        var payload = new byte[300_000];
        using var test = new PathUnderTest(framing: WorkerFraming.Messages, clientsFirstBytes: [.. ClientFrame.Binary(payload), .. ClientFrame.Text("next")]);

        var (length, pieces) = (0, 0);
        for (var last = false; !last; pieces++)
        {
            var (piece, goesOn) = MessagesPathTests.ReceiveWorkerHeader(test.Worker, "binary");
            test.Worker.ReceiveExactly(piece + 1);
            length += piece;
            last = !goesOn;
        }

        Assert.Equal(payload.Length, length);
        Assert.InRange(pieces, 2, 4);
        Assert.Equal("text 4\nnext\n"u8.ToArray(), test.Worker.ReceiveExactly(12));
    }

    [Fact]
    public async Task EndInput_WorkerIsFull_ComesBehindWhatWaitsAndTheClientIsReadOn()
    {
        using var test = new PathUnderTest(workerBuffers: 8192, clientBuffers: 8192, framing: WorkerFraming.Messages);
        var sent = await test.BlockWorkerAsync();
        test.Path.EndInput(1001, "away");
        await test.Path.CloseAsync(1001, "away", default).WaitAsync(PathUnderTest.Patience);
        test.Client.SendUntilFull(new byte[65536], atMost: (16 << 20) - sent);
        test.Client.SendAll(ClientFrame.Close(1001));
        await test.ToWorker;
        Assert.Equal(1001, test.Path.End!.CloseCode);

        var all = test.Worker.ReceiveToEnd();

        Assert.Equal("close 9\n1001 away\n"u8.ToArray(), all[^18..]);
        Assert.Equal((byte)'\n', all[^19]);
    }

    [Fact]
    public void AnnounceEnd_RawFraming_IsNot()
    {
        using var test = new PathUnderTest();
        Assert.False(test.Path.AnnounceEnd(TimeSpan.FromSeconds(30)));
    }

    internal override MessagesPath Start(MessagesPathSetup setup)
    {
        var test = new PathUnderTest(
            workersFirstBytes: setup.WorkersFirstBytes, clientBuffers: setup.ClientBuffers, workerBuffers: setup.WorkerBuffers, readSize: setup.ReadSize,
            framing: WorkerFraming.Messages, wantsPings: setup.WantsPings);
        return new MessagesPath(test.Path, test.Client, test.Worker, test);
    }
}
