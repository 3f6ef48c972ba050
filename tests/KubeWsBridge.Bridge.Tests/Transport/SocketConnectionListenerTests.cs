using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using KubeWsBridge.Bridge.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KubeWsBridge.Bridge.Tests.Transport;

[SupportedOSPlatform("linux")]
public sealed class SocketConnectionListenerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CountedPlaces _places = new(2);
    private readonly SocketConnectionListener _listener;

    public SocketConnectionListenerTests() => _listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    [Fact]
    public async Task Accept_Connection_HasBothAddressesAndAnId()
    {
        using var client = Connect();

        await using var connection = await AcceptAsync();

        Assert.Equal(client.LocalEndPoint, connection!.RemoteEndPoint);
        Assert.Equal(client.RemoteEndPoint, connection.LocalEndPoint);
        Assert.NotEmpty(connection.ConnectionId);
    }

    [Fact]
    public async Task Place_IsGivenBackOnce_AtTheCloseOfTheDescriptor()
    {
        using var client = Connect();
        var connection = (await AcceptAsync())!;
        Assert.Equal(1, _places.Held);

        await connection.DisposeAsync();
        await connection.DisposeAsync();

        await _places.ReleasedAsync();
        Assert.Equal(0, _places.Held);
    }

    [Fact]
    public async Task Place_OfATakenSocket_IsHeldUntilItsNewOwnerCloses()
    {
        using var client = Connect();
        var connection = (await AcceptAsync())!;
        var taken = connection.Features.Get<IConnectionHandOver>()!.Take(out _)!;

        await connection.DisposeAsync();
        Assert.Equal(1, _places.Held);
        taken.Dispose();

        Assert.Equal(0, _places.Held);
    }

    [Fact]
    public async Task Accept_NoPlaceLeft_WaitsForOne()
    {
        using var first = Connect();
        using var second = Connect();
        using var third = Connect();
        var connection = (await AcceptAsync())!;
        await using var other = await AcceptAsync();
        var waiting = _listener.AcceptAsync().AsTask();
        Assert.False(waiting.IsCompleted);

        await connection.DisposeAsync();

        await using var next = await waiting.WaitAsync(Patience);
        Assert.Equal(third.LocalEndPoint, next!.RemoteEndPoint);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unbind_SomebodyAccepts_IsNullAndHoldsNoPlace(bool waitsForPlace)
    {
        var connections = new List<ConnectionContext>();
        using var first = Connect();
        using var second = Connect();
        for (var i = 0; waitsForPlace && i < 2; i++)
            connections.Add((await AcceptAsync())!);
        if (!waitsForPlace)
        {
            await (await AcceptAsync())!.DisposeAsync();
            await (await AcceptAsync())!.DisposeAsync();
        }

        var waiting = _listener.AcceptAsync().AsTask();

        await _listener.UnbindAsync();
        await _listener.DisposeAsync();

        Assert.Null(await waiting.WaitAsync(Patience));
        Assert.Null(await AcceptAsync());
        foreach (var connection in connections)
            await connection.DisposeAsync();
        Assert.Equal(0, _places.Held);
    }

    [Fact]
    public void Listen_AddressInUse_SaysSo() => Assert.Throws<AddressInUseException>(() => Listen((IPEndPoint)_listener.EndPoint));

    [Fact]
    public async Task Listen_AnyV6_TakesV4Too()
    {
        await using var listener = Listen(new IPEndPoint(IPAddress.IPv6Any, 0));
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, ((IPEndPoint)listener.EndPoint).Port);

        await using var connection = await listener.AcceptAsync().AsTask().WaitAsync(Patience);

        Assert.True(((IPEndPoint)connection!.RemoteEndPoint!).Address.IsIPv4MappedToIPv6);
    }

    private SocketConnectionListener Listen(IPEndPoint address) => new(address, _places, new FakeTimeProvider(), NullLogger.Instance);

    private Task<ConnectionContext?> AcceptAsync() => _listener.AcceptAsync().AsTask().WaitAsync(Patience);

    private Socket Connect()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(_listener.EndPoint);
        return client;
    }
}
