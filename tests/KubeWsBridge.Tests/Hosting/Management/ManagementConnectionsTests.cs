using KubeWsBridge.Hosting.Management;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Tests.Hosting.Management;

public class ManagementConnectionsTests
{
    private readonly ManagementConnections _connections = new(3);

    [Theory]
    [InlineData(null, 64)]
    [InlineData(1_048_576, 64)]
    [InlineData(1024, 64)]
    [InlineData(512, 32)]
    [InlineData(64, 8)]
    public void MostFor_LimitOfOpenFiles_IsAShareOfThem(int? limit, int most) => Assert.Equal(most, ManagementConnections.MostFor(limit));

    [Fact]
    public async Task Wait_AllSilent_EndsTheOneThatIsThereLongest()
    {
        ConnectionContext[] all = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];

        await _connections.WaitForConnectionAsync(CancellationToken.None);

        Assert.Equal([true, false, false], Ended(all));
    }

    [Fact]
    public async Task Wait_TheFirstHasAsked_EndsTheNext()
    {
        ConnectionContext[] all = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];
        await AskAsync(all[0]);

        await _connections.WaitForConnectionAsync(CancellationToken.None);

        Assert.Equal([false, true, false], Ended(all));
    }

    [Fact]
    public async Task Wait_AllButTheNewestHaveAsked_LeavesItItsTime()
    {
        ConnectionContext[] all = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];
        await AskAsync(all[0]);
        await AskAsync(all[1]);

        var waiting = _connections.WaitForConnectionAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        all[1].Abort();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([false, true, false], Ended(all));
    }

    [Fact]
    public async Task Wait_AcceptedFasterThanServed_EndsTheFirstAsSoonAsThereAreTwo()
    {
        for (var i = 0; i < 3; i++)
            await _connections.WaitForConnectionAsync(CancellationToken.None);
        var waiting = _connections.WaitForConnectionAsync(CancellationToken.None).AsTask();

        ConnectionContext[] all = [Serve(), Serve(), Serve()];

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([true, false, false], Ended(all));
    }

    [Fact]
    public async Task Wait_CalledOff_TakesNoPlace()
    {
        ConnectionContext[] all = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];
        foreach (var connection in all)
            await AskAsync(connection);
        using var calledOff = new CancellationTokenSource();
        var waiting = _connections.WaitForConnectionAsync(calledOff.Token).AsTask();

        await calledOff.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        all[0].Abort();
        await _connections.WaitForConnectionAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Hear_Request_EndsTheConnectionWithTheAnswer() =>
        Assert.Equal("close", (await AskAsync(await ConnectAsync())).Response.Headers.Connection);

    private static IEnumerable<bool> Ended(ConnectionContext[] connections) =>
        connections.Select(connection => connection.ConnectionClosed.IsCancellationRequested);

    private async Task<ConnectionContext> ConnectAsync()
    {
        await _connections.WaitForConnectionAsync(CancellationToken.None);
        return Serve();
    }

    private DefaultConnectionContext Serve()
    {
        var connection = new DefaultConnectionContext(Guid.NewGuid().ToString());
        connection.ConnectionClosed.Register(_connections.ReleaseConnection);
        _ = _connections.ServeAsync(connection, _ => new TaskCompletionSource().Task);
        return connection;
    }

    private async Task<HttpContext> AskAsync(ConnectionContext connection)
    {
        var context = new DefaultHttpContext();
        context.Connection.Id = connection.ConnectionId;
        await _connections.HearAsync(context, _ => Task.CompletedTask);
        return context;
    }
}
