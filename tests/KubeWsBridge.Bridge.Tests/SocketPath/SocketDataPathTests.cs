using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

[SupportedOSPlatform("linux")]
public class SocketDataPathTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 1000)]
    [InlineData(false, 125)]
    [InlineData(false, 126)]
    [InlineData(false, 65536)]
    public async Task Echo_BothWays_IsCounted(bool tcpWorker, int size)
    {
        using var test = new PathUnderTest(tcpWorker: tcpWorker);
        var payload = Bytes(size);

        test.Client.SendAll(ClientFrame.Binary(payload));
        Assert.Equal(payload, test.Worker.ReceiveExactly(size));
        test.Worker.SendAll(payload);
        Assert.Equal(payload, test.ReceivePayload(size));

        await test.SettleAsync();
        var traffic = test.Path.Traffic;
        Assert.Equal((size, 1, size), (traffic.BytesReceived, traffic.MessagesReceived, traffic.BytesSent));
        Assert.False(test.Path.ToWorker.IsCompleted || test.Path.ToClient.IsCompleted || test.Path.ClientLost.IsCompleted);
        Assert.Null(test.Path.End);
    }

    [Fact]
    public async Task Receive_FramesCutAtEveryByte_LoseNothing()
    {
        byte[] frames =
        [
            .. ClientFrame.Text("Grüße", final: false), .. ClientFrame.Ping("still there?"), .. ClientFrame.Continuation("!"u8.ToArray()),
            .. ClientFrame.Binary(new byte[130]), .. ClientFrame.Text(""), .. ClientFrame.Text("end"),
        ];
        byte[] expected = [.. "Grüße!"u8, .. new byte[130], .. "end"u8];
        using var test = new PathUnderTest();

        for (var cut = 1; cut < frames.Length; cut++)
        {
            test.Client.SendAll(frames.AsSpan(0, cut));
            await test.SettleAsync();
            test.Client.SendAll(frames.AsSpan(cut));

            Assert.Equal(expected, test.Worker.ReceiveExactly(expected.Length));
            var (opcode, payload) = test.ReceiveFrame();
            Assert.Equal((Opcode.Pong, "still there?"), (opcode, Encoding.UTF8.GetString(payload)));
        }
    }

    [Fact]
    public async Task Receive_OneByteAtATime_LosesNothing()
    {
        byte[] frames = [.. ClientFrame.Ping(new string('p', 125)), .. ClientFrame.Binary(Bytes(300)), .. ClientFrame.Close(4001, "bye")];
        using var test = new PathUnderTest();

        foreach (var value in frames)
        {
            test.Client.SendAll([value]);
            await test.SettleAsync();
        }

        Assert.Equal(Bytes(300), test.Worker.ReceiveExactly(300));
        Assert.Equal(new string('p', 125), Encoding.UTF8.GetString(test.ReceiveFrame().Payload));
        await test.ToWorker;
        Assert.Equal(new ClientEnd(ClientEndKind.Closed, 4001, Detail: "bye"), test.Path.End);
    }

    [Fact]
    public async Task Receive_ManyMessagesInOneSegment_AreOneSendToTheWorker()
    {
        using var test = new PathUnderTest(tcpWorker: true);
        test.Client.SendAll(
        [
            .. ClientFrame.Text("ab"), .. ClientFrame.Binary("cd"u8.ToArray()), .. ClientFrame.Ping("x"), .. ClientFrame.Text("", final: false),
            .. ClientFrame.Continuation("e"u8.ToArray()),
        ]);

        Assert.Equal("abcde"u8, test.Worker.ReceiveExactly(5));
        await test.SettleAsync();
        Assert.Equal(1, SegmentsReceived(test.Worker));
        Assert.Equal((3, 5), (test.Path.Traffic.MessagesReceived, test.Path.Traffic.BytesReceived));
    }

    [Fact]
    public void Send_WhatOneReadFinds_IsOneBinaryMessage()
    {
        using var test = new PathUnderTest();
        using (TestLoop.Hold(test.Loop))
        {
            test.Worker.SendAll("one "u8);
            test.Worker.SendAll("two"u8);
        }

        Assert.Equal("one two", test.ReceiveText());
    }

    [Fact]
    public void Send_MoreThanTheReadSize_IsCutThere()
    {
        using var test = new PathUnderTest(readSize: 1000);
        using (TestLoop.Hold(test.Loop))
            test.Worker.SendAll(Bytes(2500));

        Assert.Equal([1000, 1000, 500], Enumerable.Range(0, 3).Select(_ => test.ReceiveFrame().Payload.Length));
    }

    [Fact]
    public void Start_LeftoversOfBothSides_GoFirst()
    {
        byte[] first = [.. ClientFrame.Text("hello "), .. ClientFrame.Text("world")];
        using var test = new PathUnderTest(first[..^3], "welcome"u8.ToArray());

        test.Client.SendAll(first.AsSpan(first.Length - 3));
        test.Worker.SendAll("!"u8);

        Assert.Equal("hello world"u8, test.Worker.ReceiveExactly(11));
        Assert.Equal("welcome!", string.Concat(test.ReceiveText(), test.ReceiveText()));
    }

    [Fact]
    public async Task Start_LeftoverIsLargerThanTheLoopsBuffer_IsCarriedWhole()
    {
        var payload = Bytes(300_000);
        using var test = new PathUnderTest(clientsFirstBytes: [.. ClientFrame.Binary(payload), .. ClientFrame.Close(1000)]);

        Assert.Equal(payload, test.Worker.ReceiveExactly(payload.Length));
        await test.ToWorker;
        Assert.Equal(1000, test.Path.End!.CloseCode);
    }

    [Fact]
    public async Task Output_BetweenMessagesOfTheWorker_GoesOutWhole()
    {
        const int chunks = 200;
        using var test = new PathUnderTest(clientBuffers: 8192);
        var printing = Task.Run(async () =>
        {
            for (var i = 0; i < chunks; i++)
                await test.Path.Output.WriteAsync(PathUnderTest.Chunk([.. Enumerable.Repeat((byte)'p', 3001)]), default);
        });
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < chunks; i++)
                test.Worker.SendAll([.. Enumerable.Repeat((byte)'w', 5003)]);
        });

        var (printed, written) = (0, 0);
        while (printed < chunks || written < chunks * 5003)
        {
            var (opcode, payload) = test.ReceiveFrame();
            Assert.Equal(Opcode.Binary, opcode);
            Assert.True(payload.AsSpan().IndexOfAnyExcept(payload[0]) < 0, "Two sources in one message.");
            if (payload[0] == 'p')
                Assert.Equal(3001 * ++printed, 3001 * (printed - 1) + payload.Length);
            else
                written += payload.Length;
        }

        await Task.WhenAll(printing, writing).WaitAsync(PathUnderTest.Patience);
    }

    [Fact]
    public async Task Fault_OfOurs_EndsThisSessionOnly()
    {
        using var test = new PathUnderTest();

        var print = test.Path.Output.WriteAsync(new PumpChunk([1, 2, 3], Offset: 0, 3), default).AsTask(); // without the headroom it must have

        await Task.WhenAll(print.WaitAsync(PathUnderTest.Patience), test.ToClient, test.ToWorker, test.ClientClosed, test.WorkerClosed);
        await test.SettleAsync();

        Assert.Single(test.Faults);
        test.Faults.Clear();
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static int SegmentsReceived(Socket tcp)
    {
        const int dataSegmentsIn = 152; // tcpi_data_segs_in in struct tcp_info
        var info = new byte[192];
        tcp.GetRawSocketOption(6, 11, info);
        return BitConverter.ToInt32(info, dataSegmentsIn);
    }
}
