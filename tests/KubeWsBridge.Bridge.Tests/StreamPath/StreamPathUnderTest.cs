using System.Net.Sockets;
using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.Tests.Linux;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.StreamPath;

/// <summary>A started stream path between a client's stream and a worker's socket, both the test's.</summary>
internal sealed class StreamPathUnderTest : IDisposable
{
    private readonly SocketPair _worker;

    /// <summary>Starts it.</summary>
    /// <param name="stream">The server's stream of the client.</param>
    /// <param name="tcpWorker">Whether the worker came over TCP, and not over a unix socket.</param>
    /// <param name="framing">What the worker speaks.</param>
    /// <param name="hello">What else it said in its hello line.</param>
    /// <param name="firstBytes">What it sent behind that.</param>
    /// <param name="readSize">Most bytes of one read.</param>
    /// <param name="workerBuffers">The size of its socket's buffers.</param>
    /// <param name="time">The clock.</param>
    public StreamPathUnderTest(
        Stream stream, bool tcpWorker = true, WorkerFraming framing = WorkerFraming.Raw, Hello? hello = null,
        byte[]? firstBytes = null, int readSize = 65536, int? workerBuffers = null, TimeProvider? time = null)
    {
        _worker = tcpWorker ? SocketPair.Tcp(workerBuffers) : SocketPair.Unix(workerBuffers);
        time ??= TimeProvider.System;
        var framed = framing == WorkerFraming.Messages;
        var client = new WebSocketConnection(
            stream, stream.Dispose, new WebSocketOptions(), readSize, time, turns: framed ? new MessageTurns() : null);
        var arrival = new Arrival(_worker.Ours, tcpWorker, hello ?? Hello.Plain, firstBytes ?? []);
        IWorkerConnection worker = framed
            ? new FramedBackConnection(arrival, readSize, time)
            : new BackConnection(arrival, readSize, time);
        Path = new StreamDataPath(client, worker, CancellationToken.None);
        Path.Start();
    }

    public StreamDataPath Path { get; }

    /// <summary>The worker's own end.</summary>
    public Socket Worker => _worker.Peer;

    /// <summary>Completes when both ways have ended.</summary>
    public Task Ended => Task.WhenAll(Path.ToWorker, Path.ToClient);

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Peer.Dispose();
        Path.Abort();
        Path.DropWorker();
    }
}
