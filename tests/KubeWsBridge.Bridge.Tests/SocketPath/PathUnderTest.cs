using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Linux;
using KubeWsBridge.Bridge.Pumping;
using KubeWsBridge.Bridge.SocketPath;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.WebSockets;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

/// <summary>A started data path between two sockets of the test's, on a loop and a clock of its own.</summary>
internal sealed class PathUnderTest : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _clientClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _workerClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketPair _client;
    private readonly SocketPair _worker;
    private readonly SocketLoop _loop;

    public PathUnderTest(
        byte[]? clientsFirstBytes = null, byte[]? workersFirstBytes = null, int? clientBuffers = null, int? workerBuffers = null,
        bool tcpWorker = false, int readSize = 65536, long maxPayload = 16 << 20,
        WorkerFraming framing = WorkerFraming.Raw, bool wantsPings = false)
    {
        _client = SocketPair.Tcp(clientBuffers);
        _worker = tcpWorker ? SocketPair.Tcp(workerBuffers) : SocketPair.Unix(workerBuffers);
        _client.Ours.OnClosed(_clientClosed.SetResult);
        _worker.Ours.OnClosed(_workerClosed.SetResult);
        _loop = new SocketLoop("test", PumpChunk.Headroom + Math.Max(readSize, 128 * 1024), Faults.Enqueue);
        var options = new WebSocketOptions { MaxPayloadSize = maxPayload, HeartbeatInterval = Interval };
        Path = new SocketDataPath(
            new SocketPathStart(
                _client.Ours, clientsFirstBytes ?? [], _worker.Ours, workersFirstBytes ?? [], tcpWorker, framing, wantsPings),
            _loop,
            new SocketPathSettings(options, readSize, CloseTimeout, Time, Faults.Enqueue));
        Path.Start();
    }

    public SocketDataPath Path { get; }

    public FakeTimeProvider Time { get; } = new();

    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>The client's own end.</summary>
    public Socket Client => _client.Peer;

    /// <summary>The worker's own end.</summary>
    public Socket Worker => _worker.Peer;

    /// <summary>Completes when the bridge has closed the client's descriptor.</summary>
    public Task ClientClosed => _clientClosed.Task.WaitAsync(Patience);

    /// <summary>Completes when the bridge has closed the worker's descriptor.</summary>
    public Task WorkerClosed => _workerClosed.Task.WaitAsync(Patience);

    public Task ToWorker => Path.ToWorker.WaitAsync(Patience);

    public Task ToClient => Path.ToClient.WaitAsync(Patience);

    public EpollLoop Loop => _loop.Events;

    /// <summary>Returns when everything that has arrived is served.</summary>
    public Task SettleAsync() => TestLoop.SettleAsync(Loop);

    public void ResetClient() => _client.Reset();

    /// <summary>Lets the time go by until the task is done.</summary>
    public async Task AdvanceUntilAsync(Task task)
    {
        for (var round = 0; !task.IsCompleted && round < 10_000; round++)
        {
            Time.Advance(CloseTimeout);
            await SettleAsync();
        }

        await task;
    }

    /// <summary>The next frame the client gets.</summary>
    public (Opcode Opcode, byte[] Payload) ReceiveFrame()
    {
        var header = Client.ReceiveExactly(2);
        Assert.Equal(0x80, header[0] & 0xF0);
        var length = header[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(Client.ReceiveExactly(2)),
            127 => (int)BinaryPrimitives.ReadInt64BigEndian(Client.ReceiveExactly(8)),
            _ => header[1],
        };
        return ((Opcode)(header[0] & 0x0F), Client.ReceiveExactly(length));
    }

    /// <summary>The next message the client gets, as text.</summary>
    public string ReceiveText()
    {
        var (opcode, payload) = ReceiveFrame();
        Assert.Equal(Opcode.Binary, opcode);
        return System.Text.Encoding.UTF8.GetString(payload);
    }

    /// <summary>The payload of binary messages up to so many bytes.</summary>
    public byte[] ReceivePayload(int count)
    {
        var all = new MemoryStream();
        while (all.Length < count)
        {
            var (opcode, payload) = ReceiveFrame();
            Assert.Equal(Opcode.Binary, opcode);
            all.Write(payload);
        }

        return all.ToArray();
    }

    /// <summary>The payload of binary messages up to the first other frame, and that frame.</summary>
    public (int Length, Opcode Opcode, byte[] Payload) ReceiveToOther()
    {
        for (var length = 0; ;)
        {
            var (opcode, payload) = ReceiveFrame();
            if (opcode != Opcode.Binary)
                return (length, opcode, payload);
            length += payload.Length;
        }
    }

    /// <summary>Makes the worker send until its client is full, and says how much it sent.</summary>
    public async Task<int> BlockClientAsync()
    {
        var sent = Worker.SendUntilFull(new byte[65536], atMost: 32 << 20);
        await SettleAsync();
        return (int)sent;
    }

    /// <summary>Makes the client send until its worker is full, and says how much it sent: one message, of which more is to come.</summary>
    public async Task<int> BlockWorkerAsync()
    {
        Client.SendAll(ClientFrames.Header(Opcode.Binary, 16 << 20));
        var sent = Client.SendUntilFull(new byte[65536], atMost: 16 << 20);
        await SettleAsync();
        return (int)sent;
    }

    public static PumpChunk Chunk(byte[] payload)
    {
        byte[] buffer = [.. new byte[PumpChunk.Headroom], .. payload];
        return new PumpChunk(buffer, PumpChunk.Headroom, payload.Length);
    }

    /// <summary>Asserts that nothing went wrong inside, that both descriptors are closed and both ways have ended.</summary>
    public void Dispose()
    {
        Client.Dispose();
        Worker.Dispose();
        Path.Abort();
        Path.DropWorker();
        Task.WaitAll(ClientClosed, WorkerClosed, ToWorker, ToClient);
        _loop.Events.Dispose();
        Assert.Empty(Faults);
    }
}
