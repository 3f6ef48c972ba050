using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Load;

namespace KubeWsBridge.Behaviour.FastCgi;

/// <summary>The web site that shares the pool is served whatever happens to WebSockets.</summary>
[Collection(LoadCollection.Name)]
public sealed class FpmGuardTests
{
    private static readonly string Site = BridgeProcess.Handler("FastCgi/site/index.php");

    [Theory]
    [InlineData]
    [InlineData("--fastcgi-status-path", "/status")]
    public async Task Pool_Under200WebSockets_KeepsItsReserveForTheSite(params string[] status)
    {
        await using var fpm = await FpmServer.StartAsync(workers: 10);
        await using var bridge = await FpmBridge.StartAsync(
            fpm, ["--fastcgi-workers", "10", "--fastcgi-reserve", "4", "--max-processes", "500", "--max-connections", "500", .. status]);
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RawClient.HandshakeAsync(bridge.Port, "/echo")));

        var refused = clients.Where(client => client.Status != 101).ToList();
        Assert.All(refused, client => Assert.Equal(503, client.Status));
        Assert.All(refused, client => Assert.Matches("Retry-After: [0-9]+\r\n", client.Response));
        if (status.Length == 0)
            Assert.Equal(6, clients.Length - refused.Count);
        Assert.InRange(clients.Length - refused.Count, 1, 6);
        await bridge.LoggedAsync(@"worker-limit\. Of the 10 workers of the PHP-FPM pool at .* 4 are kept free \(--fastcgi-reserve\)");

        // Four at a time is what was promised to the site.
        for (var round = 0; round < 5; round++)
        {
            var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fpm.GetAsync(Site)));
            Assert.All(pages, page => Assert.Equal($"page {Site} for 127.0.0.1", page.Body));
        }

        foreach (var client in clients)
            await client.DisposeAsync();
        await fpm.HasIdleAsync(10);
    }

    [Fact]
    public async Task Pool_BusyWithHttp_TakesNoSessionsFromItsReserve()
    {
        using var scratch = new Scratch();
        await using var fpm = await FpmServer.StartAsync(workers: 4);
        await using var bridge = await FpmBridge.StartAsync(
            fpm, "--fastcgi-workers", "4", "--fastcgi-reserve", "2", "--fastcgi-status-path", "/status");

        // Two of the four are busy with pages that wait for a file.
        var wait = Path.Combine(scratch.Folder, "wait.php");
        var end = scratch.File("end");
        File.WriteAllText(wait, $"<?php while (!file_exists('{end}')) {{ usleep(20000); clearstatcache(); }} echo 'done';");
        var pages = Enumerable.Range(0, 2).Select(_ => fpm.GetAsync(wait)).ToList();

        await RefusedAsync(bridge, "HTTP requests 2; 2 are kept free");
        File.WriteAllText(end, "");
        await Task.WhenAll(pages);

        await ServedAsync(bridge);
    }

    [Fact]
    public async Task Pool_OfAnotherSize_IsToldOnce()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 3);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "5", "--fastcgi-reserve", "3", "--fastcgi-status-path", "/status");

        await bridge.LoggedAsync("has 3 workers, but --fastcgi-workers says 5");
        await bridge.LoggedAsync("has 3 workers and --fastcgi-reserve keeps 3 of them free: no session can start");
        await using var refused = await RawClient.HandshakeAsync(bridge.Port, "/echo");
        Assert.Equal(503, refused.Status);
        Assert.Equal(1, bridge.CountLogged("--fastcgi-workers says 5"));
    }

    [Fact]
    public async Task Pool_WithoutStatusPage_IsToldOnceAndCountedByHand()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 3);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-workers", "3", "--fastcgi-status-path", "/elsewhere");

        await bridge.LoggedAsync("status page /elsewhere can not be read: PHP-FPM answered .*404");
        await ServedAsync(bridge);
        Assert.Equal(1, bridge.CountLogged("status page /elsewhere can not be read"));
    }

    [Fact]
    public async Task StatusPage_OfItsOwnAddress_IsReadThere()
    {
        using var scratch = new Scratch();
        var status = "unix:" + scratch.File("status.sock");
        await using var fpm = await FpmServer.StartAsync(workers: 3, more: $"pm.status_listen = {scratch.File("status.sock")}");
        await using var bridge = await FpmBridge.StartAsync(
            fpm, "--fastcgi-reserve", "2", "--fastcgi-status-path", "/status", "--fastcgi-status-address", status);

        await ServedAsync(bridge);
        await using var first = await OpenAsync(bridge);
        await RefusedAsync(bridge, "Of the 3 workers of the PHP-FPM pool");
    }

    [Fact]
    public async Task StatusPage_OfAnAddressWhereNobodyListens_IsToldAndSessionsAreServed()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 3);
        await using var bridge = await FpmBridge.StartAsync(
            fpm, "--fastcgi-workers", "3", "--fastcgi-status-path", "/status", "--fastcgi-status-address", "unix:/nowhere/status.sock");

        await bridge.LoggedAsync("status page /status can not be read: ");
        await ServedAsync(bridge);
        Assert.Equal(0, bridge.CountLogged("does not answer"));
    }

    [Fact]
    public async Task Pool_OfUnknownSize_IsLearntFromItsPage()
    {
        await using var fpm = await FpmServer.StartAsync(workers: 3);
        await using var bridge = await FpmBridge.StartAsync(fpm, "--fastcgi-reserve", "2", "--fastcgi-status-path", "/status");
        await ServedAsync(bridge);

        await using var first = await OpenAsync(bridge);
        await RefusedAsync(bridge, "Of the 3 workers of the PHP-FPM pool");
    }

    private static async Task RefusedAsync(BridgeProcess bridge, string logged)
    {
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (bridge.CountLogged(logged) == 0)
        {
            Assert.False(patience.IsCancellationRequested, bridge.Log);
            await using var client = await RawClient.HandshakeAsync(bridge.Port, "/echo");
            Assert.True(client.Status is 101 or 503, client.Response);
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static async Task ServedAsync(BridgeProcess bridge)
    {
        await using var client = await OpenAsync(bridge);
    }

    private static async Task<RawClient> OpenAsync(BridgeProcess bridge)
    {
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (true)
        {
            var client = await RawClient.HandshakeAsync(bridge.Port, "/echo");
            if (client.Status == 101)
                return client;
            Assert.False(patience.IsCancellationRequested, bridge.Log);
            await client.DisposeAsync();
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
