using System.Buffers.Binary;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

/// <summary>A side that takes nothing stops the other: nothing piles up in between.</summary>
[SupportedOSPlatform("linux")]
public class SocketDataPathPressureTests
{
    private const int Small = 8192;

    // Far above what the four buffers of a kernel and one chunk of ours hold, far below what is offered.
    private const int Bound = 1 << 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WorkerThatDoesNotRead_StopsTheClient_UntilItDoes(bool tcpWorker)
    {
        const int size = 5_000_000;
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small, tcpWorker: tcpWorker);
        var payload = new byte[size];
        new Random(1).NextBytes(payload);
        test.Client.SendAll(ClientFrames.Header(Opcode.Binary, size));

        var sent = (int)test.Client.SendUntilFull(payload, atMost: size);
        Assert.InRange(sent, 1, Bound);

        var rest = Task.Run(() => test.Client.SendAll(payload.AsSpan(sent)));
        Assert.Equal(payload, test.Worker.ReceiveExactly(size));
        await rest;
    }

    [Fact]
    public async Task ClientThatDoesNotRead_StopsTheWorker_UntilItDoes()
    {
        const int size = 5_000_000;
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small);
        var payload = new byte[size];
        new Random(2).NextBytes(payload);

        var sent = (int)test.Worker.SendUntilFull(payload, atMost: size);
        Assert.InRange(sent, 1, Bound);

        var rest = Task.Run(() => test.Worker.SendAll(payload.AsSpan(sent)));
        Assert.Equal(payload, test.ReceivePayload(size));
        await rest;
    }

    [Fact]
    public async Task ClientThatDoesNotRead_IsReadOn()
    {
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small);
        await test.BlockClientAsync();

        test.Client.SendAll(ClientFrame.Text("still heard"));

        Assert.Equal("still heard"u8, test.Worker.ReceiveExactly(11));
    }

    [Fact]
    public async Task BothTakeNothing_AndThenDo_EverythingArrives()
    {
        using var test = new PathUnderTest(clientBuffers: Small, workerBuffers: Small);
        var fromWorker = await test.BlockClientAsync();
        var fromClient = await test.BlockWorkerAsync();

        var client = Task.Run(() => test.ReceivePayload(fromWorker));
        var worker = Task.Run(() => test.Worker.ReceiveExactly(fromClient));

        Assert.Equal(fromWorker, (await client).Length);
        Assert.Equal(fromClient, (await worker).Length);
    }

    [Fact]
    public void Ping_WhileTheWorkerReadsNothing_IsAnswered()
    {
        using var test = new PathUnderTest();
        test.Client.SendAll([.. ClientFrame.Binary(new byte[1000]), .. ClientFrame.Ping("there?")]);

        Assert.Equal((Opcode.Pong, "there?"), Text(test.ReceiveFrame()));
    }

    [Fact]
    public void Ping_InTheReadThatFillsTheWorkerUp_IsAnswered()
    {
        byte[] first = [.. ClientFrame.Binary(new byte[100_000]), .. ClientFrame.Ping("there?")];
        using var test = new PathUnderTest(first, workerBuffers: Small);

        Assert.Equal((Opcode.Pong, "there?"), Text(test.ReceiveFrame()));
    }

    [Fact]
    public async Task PingFlood_FromAClientThatDoesNotRead_StopsTheReadingOfItAndIsAnsweredInOrder()
    {
        const int pings = 300_000;
        const int pingLength = 10;
        using var test = new PathUnderTest(clientBuffers: Small);
        var flood = new byte[pings * pingLength];
        for (var i = 0; i < pings; i++)
        {
            var ping = flood.AsSpan(i * pingLength, pingLength);
            ClientFrames.Header(Opcode.Ping, sizeof(int)).CopyTo(ping);
            BinaryPrimitives.WriteInt32LittleEndian(ping[6..], i);
        }

        var sent = (int)test.Client.SendUntilFull(flood, atMost: flood.Length);
        Assert.InRange(sent, 1, Bound);

        var rest = Task.Run(() => test.Client.SendAll(flood.AsSpan(sent)));
        var pongs = await Task.Run(() => test.Client.ReceiveExactly(pings * 6));
        for (var i = 0; i < pings; i++)
            Assert.Equal((0x8A, 4, i), (pongs[i * 6], pongs[i * 6 + 1], BinaryPrimitives.ReadInt32LittleEndian(pongs.AsSpan(i * 6 + 2))));
        await rest;
    }

    [Fact]
    public async Task Pongs_BehindBlockedBytes_ComeInOrderAndTakeNothingAway()
    {
        using var test = new PathUnderTest(clientBuffers: Small);
        var sent = await test.BlockClientAsync();
        test.Client.SendAll([.. ClientFrame.Ping("1"), .. ClientFrame.Ping("2")]);
        await test.SettleAsync();
        test.Client.SendAll(ClientFrame.Ping("3"));

        var (received, pongs) = (0, new List<string>());
        while (received < sent || pongs.Count < 3)
        {
            var (opcode, text) = Text(test.ReceiveFrame());
            if (opcode == Opcode.Pong)
                pongs.Add(text);
            else
                received += text.Length;
        }

        Assert.Equal(["1", "2", "3"], pongs);
    }

    private static (Opcode Opcode, string Text) Text((Opcode Opcode, byte[] Payload) frame) =>
        (frame.Opcode, System.Text.Encoding.UTF8.GetString(frame.Payload));
}
