using System.Net.Sockets;
using KubeWsBridge.Bridge.Rendezvous;

namespace KubeWsBridge.Bridge.Tests.Rendezvous;

public class RendezvousTableTests
{
    private readonly RendezvousTable _table = new();

    [Fact]
    public async Task TryMeet_ExpectedId_BringsBothTogether()
    {
        var id = Guid.NewGuid();
        using var meeting = _table.Expect(id);
        using var connection = Connection(out _);

        Assert.True(_table.TryMeet(id, connection));

        await meeting.Arrived;
        Assert.Same(connection, meeting.Take());
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void TryMeet_SecondTime_IsRefused()
    {
        var id = Guid.NewGuid();
        using var meeting = _table.Expect(id);
        using var first = Connection(out _);
        using var second = Connection(out _);

        Assert.True(_table.TryMeet(id, first));
        Assert.False(_table.TryMeet(id, second));
        meeting.Take();
    }

    [Fact]
    public void TryMeet_UnknownId_IsRefused()
    {
        using var connection = Connection(out _);
        Assert.False(_table.TryMeet(Guid.NewGuid(), connection));
    }

    [Fact]
    public void Dispose_BeforeArrival_ForgetsTheId()
    {
        var id = Guid.NewGuid();
        _table.Expect(id).Dispose();
        using var connection = Connection(out _);

        Assert.False(_table.TryMeet(id, connection));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Dispose_ArrivedButNotTaken_ClosesTheConnection()
    {
        var id = Guid.NewGuid();
        var meeting = _table.Expect(id);
        Assert.True(_table.TryMeet(id, Connection(out var socket)));

        meeting.Dispose();

        Assert.True(socket.SafeHandle.IsClosed);
    }

    [Fact]
    public void Dispose_Taken_LeavesTheConnection()
    {
        var id = Guid.NewGuid();
        var meeting = _table.Expect(id);
        Assert.True(_table.TryMeet(id, Connection(out var socket)));
        using var connection = meeting.Take();

        meeting.Dispose();

        Assert.False(socket.SafeHandle.IsClosed);
    }

    [Fact]
    public async Task DisposeAndMeet_AtOnce_LeakNothing()
    {
        for (var round = 0; round < 500; round++)
        {
            var id = Guid.NewGuid();
            var meeting = _table.Expect(id);
            var connection = Connection(out var socket);
            var met = Task.Run(() => _table.TryMeet(id, connection));
            meeting.Dispose();
            if (!await met)
                connection.Dispose();
            Assert.True(socket.SafeHandle.IsClosed);
        }
    }

    private static Arrival Connection(out Socket socket)
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return new Arrival(socket, Hello.Plain, []);
    }
}
