using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.Tests.WebSockets;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.Framing;

/// <summary>The messages framing over a data path, seen from both ends.</summary>
[SupportedOSPlatform("linux")]
public abstract class MessagesPathTests
{
    /// <summary>Starts a path.</summary>
    internal abstract MessagesPath Start(MessagesPathSetup setup);

    [Fact]
    public void Client_MessagesOfOneSegment_AreFrames()
    {
        using var test = Path();
        test.Client.SendAll([.. ClientFrame.Text("Grüß"), .. ClientFrame.Binary([0, 10]), .. ClientFrame.Text(""), .. ClientFrame.Ping("p")]);

        AssertWorkerGets(test, "text 6\nGrüß\nbinary 2\n\0\n\ntext 0\n\n");
        Assert.Equal(Opcode.Pong, ReceiveFrame(test).Opcode);
        Assert.Equal((3, 8), (test.Path.Traffic.MessagesReceived, test.Path.Traffic.BytesReceived));
    }

    [Fact]
    public void Client_FragmentsAndCutFrames_ArePieces()
    {
        using var test = Path(wantsPings: true);
        byte[] frames = [.. ClientFrame.Text("ab", final: false), .. ClientFrame.Ping("?"), .. ClientFrame.Continuation("cdef"u8.ToArray())];
        test.Client.SendAll(frames.AsSpan(0, frames.Length - 2));
        AssertWorkerGets(test, "text 2 +\nab\ntext 2 +\ncd\n");
        test.Client.SendAll(frames.AsSpan(frames.Length - 2));

        AssertWorkerGets(test, "text 2\nef\nping 1\n?\n");
    }

    [Fact]
    public void Client_PingsAndPongs_GoToTheWorkerThatAskedForThem()
    {
        using var test = Path(wantsPings: true);
        test.Client.SendAll([.. ClientFrame.Ping("a"), .. ClientFrame.Build(10, "b"u8.ToArray())]);

        AssertWorkerGets(test, "ping 1\na\npong 1\nb\n");
        Assert.Equal("a", Encoding.UTF8.GetString(ReceiveFrame(test).Payload));
    }

    [Fact]
    public void Worker_Frames_BecomeFramesOfTheirTypes()
    {
        using var test = Path(workersFirstBytes: WorkerFrame.Text("first"));
        test.Worker.SendAll([.. WorkerFrame.Binary([1]), .. WorkerFrame.Build("ping", [2]), .. WorkerFrame.Build("pong", []), .. WorkerFrame.Text("")]);

        Assert.Equal((Opcode.Text, "first"), Text(ReceiveFrame(test)));
        Assert.Equal([Opcode.Binary, Opcode.Ping, Opcode.Pong, Opcode.Text], Enumerable.Range(0, 4).Select(_ => ReceiveFrame(test).Opcode));
    }

    [Fact]
    public async Task Worker_OneByteAtATime_LosesNothing()
    {
        using var test = Path(readSize: 1);
        byte[] frames = [.. WorkerFrame.Text("Grüße"), .. WorkerFrame.Build("ping", "x"u8.ToArray()), .. WorkerFrame.Close("4321 end")];
        test.Worker.SendAll(frames);
        await test.ToClient;

        Assert.Equal(new WorkerEnd(4321, "end"), test.Path.WorkerEnd);
        var sent = new byte[4096];
        var received = SentFrame.Messages(SentFrame.Parse(sent[..test.Client.Receive(sent)]));
        Assert.Equal([(Opcode.Text, Encoding.Latin1.GetString("Grüße"u8)), (Opcode.Ping, "x")], received);
    }

    [Fact]
    public async Task Worker_InsideAMessage_PongsGoInBetweenAndStdoutDoesNot()
    {
        using var test = Path();
        test.Worker.SendAll("text 4\nab"u8);
        Assert.Equal((0x01, "ab"), Fragment(test));
        var print = test.Path.Output.WriteAsync(SocketPath.PathUnderTest.Chunk("printed"u8.ToArray()), default).AsTask();
        test.Client.SendAll(ClientFrame.Ping("x"));
        Assert.Equal((0x8A, "x"), Fragment(test));
        Assert.False(print.IsCompleted);

        test.Worker.SendAll("cd\n"u8);

        Assert.Equal((0x80, "cd"), Fragment(test));
        Assert.Equal((0x82, "printed"), Fragment(test));
        await print.WaitAsync(SocketPath.PathUnderTest.Patience);
    }

    [Fact]
    public async Task Worker_EndsInsideAMessage_CloseFrameGoesOutAndStdoutIsDropped()
    {
        using var test = Path();
        test.Worker.SendAll("text 4\nab"u8);
        Assert.Equal((0x01, "ab"), Fragment(test));
        var print = test.Path.Output.WriteAsync(SocketPath.PathUnderTest.Chunk("printed"u8.ToArray()), default).AsTask();
        test.Worker.Shutdown(SocketShutdown.Send);

        await Task.WhenAll(test.ToClient, print).WaitAsync(SocketPath.PathUnderTest.Patience);
        Assert.True(test.Path.WorkerEnd!.IsCut);
        await test.Path.CloseAsync(1011, "", default).WaitAsync(SocketPath.PathUnderTest.Patience);
        Assert.Equal((0x88, "\u0003\ufffd"), Fragment(test));
    }

    [Fact]
    public async Task Worker_WrongLength_IsAFaultAndWhatCameBeforeIsSent()
    {
        using var test = Path();
        test.Worker.SendAll([.. WorkerFrame.Text("good"), .. "text 4\nwürg\n"u8]);

        Assert.Equal((Opcode.Text, "good"), Text(ReceiveFrame(test)));
        await test.ToClient;
        Assert.Equal(Refusals.FramingError, test.Path.WorkerEnd?.Violation);
        Assert.Contains("At byte 23 of its output, where there is \"g\\n\"", test.Path.WorkerEnd!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void EndInput_Always_IsACloseAndTheEnd()
    {
        using var test = Path();
        test.Path.EndInput(4000, "bye");
        test.Path.EndInput(1006, "");
        test.Client.SendAll(ClientFrame.Text("swallowed"));

        Assert.Equal("close 8\n4000 bye\n"u8.ToArray(), test.Worker.ReceiveToEnd());
    }

    [Fact]
    public void AnnounceEnd_BetweenAndInsideMessages_NeverCutsOne()
    {
        using var test = Path();
        Assert.True(test.Path.AnnounceEnd(TimeSpan.FromSeconds(30)));
        AssertWorkerGets(test, "drain 2\n30\n");

        test.Client.SendAll(ClientFrame.Text("ab", final: false));
        AssertWorkerGets(test, "text 2 +\nab\n");
        Assert.True(test.Path.AnnounceEnd(TimeSpan.FromSeconds(4.5)));
        test.Client.SendAll(ClientFrame.Continuation("cd"u8.ToArray()));
        AssertWorkerGets(test, "text 2\ncd\ndrain 3\n4.5\n");
    }

    [Fact]
    public async Task Pressure_BothWays_LosesNothing()
    {
        using var test = Path(workerBuffers: 8192, clientBuffers: 8192, readSize: 1000);
        var payload = new byte[200_000];
        new Random(1).NextBytes(payload);
        const int count = 20;
        var sending = Task.Run(() =>
        {
            for (var i = 0; i < count; i++)
                test.Client.SendAll(ClientFrame.Binary(payload));
        });
        var echoing = Task.Run(() =>
        {
            for (var done = 0; done < count;)
            {
                var (length, goesOn) = ReceiveWorkerHeader(test.Worker, "binary");
                var piece = test.Worker.ReceiveExactly(length + 1);
                test.Worker.SendAll(WorkerFrame.Build("binary", piece[..^1], goesOn));
                done += goesOn ? 0 : 1;
            }
        });

        var messages = new List<byte[]>();
        for (var open = new List<byte>(); messages.Count < count;)
        {
            var (first, bytes) = ReceiveFragment(test);
            open.AddRange(bytes);
            if ((first & 0x80) == 0)
                continue;
            messages.Add([.. open]);
            open.Clear();
        }

        await Task.WhenAll(sending, echoing).WaitAsync(SocketPath.PathUnderTest.Patience);
        Assert.All(messages, message => Assert.Equal(payload, message));
    }

    private MessagesPath Path(
        byte[]? workersFirstBytes = null, int? clientBuffers = null, int? workerBuffers = null, int readSize = 65536, bool wantsPings = false) =>
        Start(new MessagesPathSetup(workersFirstBytes ?? [], clientBuffers, workerBuffers, readSize, wantsPings));

    internal static void AssertWorkerGets(MessagesPath test, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(expected);
        Assert.Equal(expected, Encoding.UTF8.GetString(test.Worker.ReceiveExactly(bytes.Length)));
    }

    /// <summary>The next frame, which is whole.</summary>
    private static (Opcode Opcode, byte[] Payload) ReceiveFrame(MessagesPath test)
    {
        var (first, payload) = ReceiveFragment(test);
        Assert.Equal(0x80, first & 0xF0);
        return ((Opcode)(first & 0x0F), payload);
    }

    private static (Opcode, string) Text((Opcode Opcode, byte[] Payload) frame) => (frame.Opcode, Encoding.UTF8.GetString(frame.Payload));

    /// <summary>The next frame of at most 125 bytes, its first byte as it is.</summary>
    private static (int First, string Payload) Fragment(MessagesPath test)
    {
        var (first, bytes) = ReceiveFragment(test);
        return (first, Encoding.UTF8.GetString(bytes));
    }

    internal static (int First, byte[] Payload) ReceiveFragment(MessagesPath test)
    {
        var header = test.Client.ReceiveExactly(2);
        var length = header[1] == 126
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(test.Client.ReceiveExactly(2))
            : header[1];
        return (header[0], test.Client.ReceiveExactly(length));
    }

    internal static (int Length, bool GoesOn) ReceiveWorkerHeader(Socket worker, string type)
    {
        var line = "";
        while (!line.EndsWith('\n'))
            line += (char)worker.ReceiveExactly(1)[0];
        var words = line.TrimEnd('\n').Split(' ');
        Assert.Equal(type, words[0]);
        return (int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), words.Length > 2);
    }
}
