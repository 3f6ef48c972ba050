using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.UnixSocket;

/// <summary>Workers that connect back over a unix socket (<c>--tcp-bind unix:/path</c>), and the life of its file.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private const int Kill = 9;
    private readonly Scratch _scratch = new();

    private string Socket => _scratch.File("workers.sock");

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("unix:")]
    [InlineData("unix://")]
    public async Task Echo_HandlerForTcp_WorksUnchanged(string scheme)
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php", "--tcp-bind", scheme + Socket);
        await using var client = await RawClient.ConnectAsync(bridge.Port);

        await client.SendTextAsync("over a file");

        Assert.Equal("over a file"u8.ToArray(), await client.ReadDataAsync(11));
        await bridge.LoggedAsync($"workers connect back to unix:{Socket}\\.$");
    }

    [Fact]
    public async Task Environment_HasTheSocketAsHostAndNoPort()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/dump?x=1");
        var session = await bridge.OpenedAsync(client);

        var dump = await WorkerDump.ReadAsync(client);

        Assert.Equal(($"unix://{Socket}", "0"), (dump["WSS_TCP_HOST"], dump["WSS_TCP_PORT"]));
        Assert.Equal((session.Id, "/dump?x=1", "127.0.0.1"), (dump["WSS_CONNECTION_ID"], dump["WSS_REQUEST_URI"], dump["WSS_CLIENT_IP"]));
    }

    [Fact]
    public async Task Workers_ManyAtOnce_AllMeetTheirOwnSession()
    {
        await using var bridge = await StartAsync();

        var clients = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => RawClient.ConnectAsync(bridge.Port, "/echo")));

        for (var i = 0; i < clients.Length; i++)
            await clients[i].SendTextAsync($"{i:00}");
        for (var i = 0; i < clients.Length; i++)
            Assert.Equal(System.Text.Encoding.ASCII.GetBytes($"{i:00}"), await clients[i].ReadDataAsync(2));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task File_WhileItRuns_IsForItsUserOnly_AndGoneAfterTheDrain()
    {
        await using var bridge = await StartAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Socket));

        Assert.Equal(0, await bridge.StopAsync());

        Assert.False(File.Exists(Socket));
    }

    [Fact]
    public async Task File_OfABridgeThatWasKilled_IsTakenOver()
    {
        await using (var killed = await StartAsync())
        {
            killed.Signal(Kill);
            await killed.ExitAsync();
        }

        Assert.True(File.Exists(Socket));
        await using var bridge = await StartAsync();
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await client.SendTextAsync("again");
        Assert.Equal("again"u8.ToArray(), await client.ReadDataAsync(5));
    }

    [Fact]
    public async Task File_OfALivingBridge_FailsTheStartOfAnotherAndNothingElse()
    {
        await using var bridge = await StartAsync();
        await using var other = BridgeProcess.Launch(
            ["--config", HandlerRoutes.Write(), "--ws-host", "127.0.0.1", "--ws-port", "0", "--tcp-bind", $"unix:{Socket}"]);

        Assert.Equal(1, await other.ExitAsync());

        Assert.Contains($"The server can't start: {Socket} (--tcp-bind) is in use: another process listens on it.", other.Log, StringComparison.Ordinal);
        await using var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await client.SendTextAsync("alive");
        Assert.Equal("alive"u8.ToArray(), await client.ReadDataAsync(5));
    }

    [Fact]
    public async Task File_WhenTheClientsPortIsTaken_IsGoneAfterTheFailedStart()
    {
        await using var bridge = await BridgeProcess.StartAsync("echo.php");
        await using var other = BridgeProcess.Launch(
            ["--config", HandlerRoutes.Write(), "--ws-host", "127.0.0.1", "--ws-port", $"{bridge.Port}", "--tcp-bind", $"unix:{Socket}"]);

        Assert.Equal(1, await other.ExitAsync());

        Assert.False(File.Exists(Socket));
    }

    private Task<BridgeProcess> StartAsync() => BridgeProcess.StartWithHandlersAsync("--tcp-bind", $"unix:{Socket}");
}
