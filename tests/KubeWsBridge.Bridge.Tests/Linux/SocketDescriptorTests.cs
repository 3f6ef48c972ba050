using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class SocketDescriptorTests : IDisposable
{
    private const int BrokenPipe = 32;
    private readonly SocketPair _pair = SocketPair.Tcp();
    private int _closed;

    public SocketDescriptorTests() => _pair.Ours.OnClosed(() => _closed++);

    public void Dispose() => _pair.Dispose();

    [Fact]
    public void Dispose_Twice_ClosesAndSaysSoOnce()
    {
        _pair.Ours.Dispose();
        _pair.Ours.Dispose();

        Assert.Equal(1, _closed);
        Assert.Empty(_pair.Peer.ReceiveToEnd());
    }

    [Fact]
    public void Dispose_WhileInUse_ClosesWithTheLastUse()
    {
        var referenced = false;
        _pair.Ours.DangerousAddRef(ref referenced);
        _pair.Ours.Dispose();
        Assert.Equal(0, _closed);

        _pair.Ours.DangerousRelease();

        Assert.Equal(1, _closed);
    }

    [Fact]
    public void Release_GivesTheOpenNumberAwayAndNeverSaysClosed()
    {
        using var next = new SocketDescriptor(_pair.Ours.Release());

        _pair.Ours.Dispose();
        _pair.Peer.SendAll("x"u8);

        Assert.Equal(1, next.Receive(new byte[10]));
        Assert.Equal(0, _closed);
    }

    [Fact]
    public void TakeFrom_Socket_TakesItsPlaceAndDoesNotWait()
    {
        using var pair = SocketPair.Unix();
        using var taken = SocketDescriptor.TakeFrom(pair.Peer);

        Assert.Throws<ObjectDisposedException>(() => pair.Peer.Send("x"u8));
        Assert.Equal(-Errno.Again, taken.Receive(new byte[1]));
        Assert.Equal(1, taken.Send("x"u8));
        Assert.Equal(1, pair.Ours.Receive(new byte[10]));
    }

    [Fact]
    public void Receive_Peek_TakesNothing()
    {
        _pair.Peer.SendAll("ab"u8);
        var bytes = new byte[10];

        Assert.Equal(2, _pair.Ours.Receive(bytes, SocketCalls.Peek));
        Assert.Equal(2, _pair.Ours.Receive(bytes));
        Assert.Equal(-Errno.Again, _pair.Ours.Receive(bytes));
        _pair.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, _pair.Ours.Receive(bytes));
    }

    [Fact]
    public void Send_NobodyReads_StopsWhenFull()
    {
        using var pair = SocketPair.Unix(bufferSize: 8192);
        var bytes = new byte[4096];
        int count;
        do
            count = pair.Ours.Send(bytes);
        while (count > 0);

        Assert.Equal(-Errno.Again, count);
    }

    [Fact]
    public void Send_AfterShutdown_FailsWithoutASignal()
    {
        _pair.Ours.Shutdown(SocketCalls.ShutWrite);

        Assert.Equal(-BrokenPipe, _pair.Ours.Send("x"u8));
    }

    [Fact]
    public void CloseWithReset_PeerIsReset()
    {
        _pair.Ours.CloseWithReset();

        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => _pair.Peer.Receive(new byte[1])).SocketErrorCode);
        Assert.Equal(1, _closed);
    }

    [Fact]
    public void ShutdownAndGetOption_AfterTheClose_AreHarmless()
    {
        _pair.Ours.Dispose();

        _pair.Ours.Shutdown(SocketCalls.ShutBoth);
        Assert.Equal(0, _pair.Ours.GetOption(SocketCalls.TcpLevel, SocketCalls.TcpInfo, new byte[8]));
    }

    [Fact]
    public void GetOption_TcpInfo_OnTcpOnly()
    {
        using var unix = SocketPair.Unix();

        Assert.Equal(8, _pair.Ours.GetOption(SocketCalls.TcpLevel, SocketCalls.TcpInfo, new byte[8]));
        Assert.Equal(0, unix.Ours.GetOption(SocketCalls.TcpLevel, SocketCalls.TcpInfo, new byte[8]));
        unix.Ours.SetNoDelay();
        unix.Ours.AcknowledgeNow();
    }
}
