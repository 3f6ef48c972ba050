using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.Tests.Framing;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.SocketPath;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.StreamPath;

[SupportedOSPlatform("linux")]
public sealed class StreamDataPathMessagesTests : MessagesPathTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void EndInput_WorkerThatWasFullReadsOn_GetsTheCloseBehindWhatWaited()
    {
        using var test = Start(new MessagesPathSetup([], null, 8192, 65536, WantsPings: false));
        test.Client.SendAll(ClientFrames.Header(Bridge.WebSockets.Opcode.Binary, 16 << 20));
        test.Client.SendUntilFull(new byte[65536], atMost: 16 << 20);

        test.Path.EndInput(1001, "away");
        var all = test.Worker.ReceiveToEnd();

        Assert.Equal("\nclose 9\n1001 away\n"u8.ToArray(), all[^19..]);
    }

    [Fact]
    public async Task EndInput_WorkerStaysFull_EndsWithoutTheClose()
    {
        using var test = Start(new MessagesPathSetup([], null, 8192, 65536, WantsPings: false));
        test.Client.SendAll(ClientFrames.Header(Bridge.WebSockets.Opcode.Binary, 16 << 20));
        test.Client.SendUntilFull(new byte[65536], atMost: 16 << 20);

        test.Path.EndInput(1001, "away");
        Assert.False(test.Path.ToWorker.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await test.Path.ToWorker.WaitAsync(PathUnderTest.Patience);
        Assert.NotEqual("1001 away\n"u8.ToArray(), test.Worker.ReceiveToEnd()[^10..]);
    }

    internal override MessagesPath Start(MessagesPathSetup setup)
    {
        var pair = SocketPair.Tcp(setup.ClientBuffers);
        var stream = new NetworkStream(new Socket(new SafeSocketHandle(pair.Ours.Release(), ownsHandle: true)), ownsSocket: true);
        var test = new StreamPathUnderTest(
            stream, tcpWorker: true, WorkerFraming.Messages, new Hello { WantsPings = setup.WantsPings }, setup.WorkersFirstBytes, setup.ReadSize,
            setup.WorkerBuffers, _time);
        return new MessagesPath(test.Path, pair.Peer, test.Worker, test);
    }
}
