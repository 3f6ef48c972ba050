using System.Net.Sockets;
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
    public StreamPathUnderTest(Stream stream, bool tcpWorker = true)
    {
        _worker = tcpWorker ? SocketPair.Tcp() : SocketPair.Unix();
        var client = new WebSocketConnection(stream, stream.Dispose, new WebSocketOptions(), 65536, TimeProvider.System);
        Path = new StreamDataPath(
            client, new BackConnection(new Arrival(_worker.Ours, tcpWorker, []), 65536, TimeProvider.System), CancellationToken.None);
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
