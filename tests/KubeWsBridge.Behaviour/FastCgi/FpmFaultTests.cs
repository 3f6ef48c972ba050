using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>What happens to sessions when something happens to PHP-FPM, and to PHP-FPM when something happens to sessions.</summary>
public sealed class FpmFaultTests
{
    [Fact]
    public async Task Worker_Killed_EndsItsSessionAlone()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 2);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "2");
        await using var first = await EchoAsync(bridge);
        await using var second = await EchoAsync(bridge);
        var sessions = new[] { await bridge.SessionOfAsync(first), await bridge.SessionOfAsync(second) };

        FpmServer.Kill(fpm.Workers[0]);

        var ends = await Task.WhenAny(bridge.EndOfAsync(sessions[0]), bridge.EndOfAsync(sessions[1]));
        var line = await ends;
        Assert.Contains("worker-failed (1011)", line, StringComparison.Ordinal);
        var survivor = line.Contains(sessions[0], StringComparison.Ordinal) ? second : first;
        await survivor.SendTextAsync("still here");
        Assert.Equal("still here", await survivor.ReadUntilAsync("still here"));
        await using var third = await EchoAsync(bridge);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pool_Stopped_IsToldOnceAndServesAgainWhenItIsBack(bool tcp)
    {
        await using var fpm = await FpmServer.StartAsync(workers: 2, tcp);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "2", "--php-connect-retries", "1");
        await using var cut = await EchoAsync(bridge);
        await fpm.StopAsync();
        Assert.Equal(1011, (await cut.ReadToCloseAsync()).Code);

        await using (var refused = await RawClient.HandshakeAsync(bridge.Port, "/echo"))
        {
            Assert.Equal(502, refused.Status);
            Assert.Contains("Retry-After: ", refused.Response, StringComparison.Ordinal);
        }

        await using (await RawClient.HandshakeAsync(bridge.Port, "/echo"))
        {
        }

        await bridge.LoggedAsync("PHP-FPM pool at .* does not answer: .*Start PHP-FPM, or correct --fastcgi-address");
        await bridge.LoggedAsync(@"Launching the worker failed \(attempt 2\): PHP-FPM does not answer at ");
        Assert.Equal(1, bridge.CountLogged("PHP-FPM pool at .* does not answer"));

        await fpm.StartAsync();
        await bridge.LoggedAsync("PHP-FPM pool at .* answers again after ");
        await using var again = await EchoAsync(bridge);
    }

    [Fact]
    public async Task Pool_StartsAfterTheBridge_IsFound()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 2);
        await fpm.StopAsync();
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-status-path", "/status");
        await bridge.LoggedAsync("PHP-FPM pool at .* does not answer");

        await fpm.StartAsync();

        await bridge.LoggedAsync("answers again after");
        await using var client = await EchoAsync(bridge);
    }

    [Fact]
    public async Task Pool_Reloaded_SessionsGoOnAndNewOnesAreServed()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 3);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "3");
        await using var old = await EchoAsync(bridge);

        // The workers that serve somebody are waited for (process_control_timeout), and the new ones start after them.
        fpm.Reload();
        await Eventually.IsTrueAsync(() => fpm.Log.Contains("Reloading in progress", StringComparison.Ordinal), () => fpm.Log);
        await old.SendTextAsync("still here");
        Assert.Equal("still here", await old.ReadUntilAsync("still here"));
        await old.SendCloseAsync(1000);
        await old.ReadToCloseAsync();

        await using var next = await EchoAsync(bridge);
    }

    [Fact]
    public async Task Session_EndedByItsClient_FreesTheWorker()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 3);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "3");
        for (var round = 0; round < 4; round++)
        {
            await using var client = await EchoAsync(bridge);
            await client.SendCloseAsync(1000);
            await client.ReadToCloseAsync();
        }

        await fpm.HasIdleAsync(3);
    }

    [Fact]
    public async Task Script_ThatIgnoresItsEnd_KeepsItsPlaceUntilItEnds()
    {
        using var scratch = new Scratch();
        await using var fpm = await FpmServer.StartAsync(workers: 2);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "1");
        await LeaveAsync(bridge, $"/stubborn?until={scratch.File("end")}", "request_terminate_timeout");

        await using (var refused = await RawClient.HandshakeAsync(bridge.Port, "/echo"))
            Assert.Equal(503, refused.Status);

        File.WriteAllText(scratch.File("end"), "");
        await IsServedAsync(bridge);
    }

    [Fact]
    public async Task Script_ThatIgnoresItsEndAndPrints_IsEndedByPhp()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 2);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "1");
        await LeaveAsync(bridge, "/stubborn?until=/never&prints=1", "client-closed");

        await IsServedAsync(bridge);
        await fpm.HasIdleAsync(2);
    }

    [Fact]
    public async Task Sessions_OfEveryKind_LeaveNothing()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 6);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "6", "--fastcgi-status-path", "/status", "--fastcgi-reserve", "1");
        string[] paths = ["/echo", "/stdout", "/log", "/exit?how=fatal", "/exit?how=kill", "/early", "/missing", "/stubborn?until=/&prints=1"];
        await VisitAsync();
        var before = Footprint.Of(bridge);

        for (var round = 0; round < 4; round++)
            await VisitAsync();

        await before.IsRestoredAsync(bridge);
        await fpm.HasIdleAsync(6);

        async Task VisitAsync()
        {
            foreach (var path in paths)
            {
                await using var client = await RawClient.HandshakeAsync(bridge.Port, path);
                if (client.Status == 101)
                    await client.TrySendAsync(RawClient.Frame(1, "!"u8));
            }
        }
    }

    private static async Task<RawClient> EchoAsync(BridgeProcess bridge)
    {
        var client = await RawClient.ConnectAsync(bridge.Port, "/echo");
        await client.SendTextAsync("up");
        Assert.Equal("up", await client.ReadUntilAsync("up"));
        return client;
    }

    private static async Task LeaveAsync(BridgeProcess bridge, string path, string logged)
    {
        await using var client = await RawClient.ConnectAsync(bridge.Port, path);
        var session = await bridge.SessionOfAsync(client);
        await client.ReadUntilAsync("ready");
        await client.SendCloseAsync(1000);
        await client.ReadToCloseAsync();
        Assert.Contains(logged, await bridge.EndOfAsync(session), StringComparison.Ordinal);
    }

    private static async Task IsServedAsync(BridgeProcess bridge)
    {
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (true)
        {
            await using var client = await RawClient.HandshakeAsync(bridge.Port, "/echo");
            if (client.Status == 101)
                return;
            Assert.False(patience.IsCancellationRequested, client.Response);
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
