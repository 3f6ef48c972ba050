using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class SocketListenerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IPEndPoint _address;
    private readonly SocketListener _listener;

    public SocketListenerTests()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        _address = (IPEndPoint)socket.LocalEndPoint!;
        _listener = new SocketListener(socket);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Accept_ConnectionsBeforeAndAfter_ComeWithTheirAddresses()
    {
        using var first = Connect();
        var (accepted, peer) = await AcceptAsync();
        Assert.Equal(first.LocalEndPoint, peer);
        Assert.Equal(_address, KernelAddress.OfLocalEnd(accepted));
        Assert.Equal(-Errno.Again, accepted.Receive(new byte[1]));
        accepted.Dispose();

        var waiting = AcceptAsync();
        Assert.False(waiting.IsCompleted);
        using var second = Connect();

        (accepted, peer) = await waiting;
        Assert.Equal(second.LocalEndPoint, peer);
        accepted.Dispose();
    }

    [Fact]
    public async Task Accept_ManyAtOnce_LosesNone()
    {
        const int count = 50;
        var clients = Enumerable.Range(0, count).Select(_ => Connect()).ToList();

        for (var i = 0; i < count; i++)
            (await AcceptAsync()).Socket.Dispose();

        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Accept_Cancelled_ThrowsAndTheNextWorks()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _listener.AcceptAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        using var client = Connect();

        (await AcceptAsync()).Socket.Dispose();
    }

    [Fact]
    public async Task Dispose_WhileSomebodyWaits_EndsTheWait()
    {
        var waiting = AcceptAsync();

        _listener.Dispose();
        _listener.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<SocketException>(Connect);
    }

    [Fact]
    public async Task Accept_UnixSocket_HasNoAddress()
    {
        var path = Path.Combine(Path.GetTempPath(), $"kwb-{Guid.NewGuid():N}");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixSocketEndPoint(path));
        socket.Listen();
        using var listener = new SocketListener(socket);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));

        var (accepted, peer) = await listener.AcceptAsync(default);

        Assert.Null(peer);
        accepted.Dispose();
        File.Delete(path);
    }

    private Task<(SocketDescriptor Socket, IPEndPoint? Peer)> AcceptAsync() => _listener.AcceptAsync(default).AsTask().WaitAsync(Patience);

    private Socket Connect()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(_address);
        return client;
    }
}
