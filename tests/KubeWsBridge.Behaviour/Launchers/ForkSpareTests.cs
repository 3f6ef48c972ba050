using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;

namespace KubeWsBridge.Behaviour.Launchers;

/// <summary>Workers that are forked before their connections come.</summary>
public sealed class ForkSpareTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Connection_GetsAWorkerThatHasWaited_AndAnotherTakesItsPlace()
    {
        await using var bridge = await StartAsync("--fork-spares", "3");
        var waiting = await SparesAsync(bridge, 3);

        await using var worker = await GroundWorker.OpenAsync(bridge);

        await worker.IsHereAsync();
        Assert.Contains(worker.Session.WorkerId, waiting);
        var next = await SparesAsync(bridge, 3, worker.Session.WorkerId);
        Assert.Equal(2, next.Intersect(waiting).Count());
    }

    [Fact]
    public async Task Spare_KilledWhileItWaits_IsToldOfAndMissedByNobody()
    {
        await using var bridge = await StartAsync("--fork-spares", "2");
        var waiting = await SparesAsync(bridge, 2);

        foreach (var spare in waiting)
            ProcessTable.Kill(spare);
        // One that is about to die still takes its task, and is lost with it like any worker. The bridge hears of the dead later than we do.
        await Eventually.IsTrueAsync(() => !waiting.Exists(ProcessTable.IsAlive), () => bridge.Log);
        await using var worker = await GroundWorker.OpenAsync(bridge);

        await worker.IsHereAsync();
        await bridge.LoggedAsync($"A spare worker \\(process {waiting[0]}\\) ended with signal 9");
        Assert.Empty((await SparesAsync(bridge, 2, worker.Session.WorkerId)).Intersect(waiting));
    }

    [Fact]
    public async Task Spares_OfAServerThatIsReplaced_GoWithIt()
    {
        var preload = _scratch.File("preload.php");
        await File.WriteAllTextAsync(preload, "<?php $preloaded = 'old';");
        await using var bridge = await StartAsync("--fork-spares", "2", "--fork-preload", preload);
        var waiting = await SparesAsync(bridge, 2);

        await File.WriteAllTextAsync(preload + ".new", "<?php $preloaded = 'brand new';");
        File.Move(preload + ".new", preload, overwrite: true);
        await Eventually.IsTrueAsync(() => bridge.CountLogged("The fork server is ready") == 2, () => bridge.Log);

        await using var after = await GroundWorker.OpenAsync(bridge);
        Assert.Equal("brand new", (await after.ReportAsync()).GetProperty("preloaded").GetString());
        await Eventually.IsTrueAsync(() => !waiting.Exists(ProcessTable.IsAlive), () => bridge.Log);
    }

    [Fact]
    public async Task Spares_MoreThanAServerMayFork_DoNotWearItOutByThemselves()
    {
        await using var bridge = await StartAsync("--fork-spares", "4", "--fork-max-children", "3");
        await SparesAsync(bridge, 4);

        await using var worker = await GroundWorker.OpenAsync(bridge);

        await worker.IsHereAsync();
        Assert.Equal(1, bridge.CountLogged("The fork server is ready"));
    }

    [Fact]
    public async Task Spares_OfABridgeThatIsKilled_EndToo()
    {
        await using var bridge = await StartAsync("--fork-spares", "2");
        var waiting = await SparesAsync(bridge, 2);

        ProcessTable.Kill(bridge.Id);

        await Eventually.IsTrueAsync(() => !waiting.Exists(ProcessTable.IsAlive), () => "Spares of a dead bridge still wait.");
    }

    [Fact]
    public async Task Request_LargerThanAPipe_IsServedAllTheSame()
    {
        await using var bridge = await StartAsync("--fork-spares", "1");
        await SparesAsync(bridge, 1);
        var headers = Enumerable.Range(0, 8).Select(n => $"X-Large-{n}: {new string('x', 12_000)}").ToArray();

        await using var client = await RawClient.ConnectAsync(bridge.Port, "/", headers);

        Assert.Contains(" by fork, ", await bridge.LoggedAsync("Session opened"), StringComparison.Ordinal);
    }

    private static Task<BridgeProcess> StartAsync(params string[] options) => BridgeProcess.StartAsync("ground.php", ["--launcher", "fork", .. options]);

    /// <summary>The server's children that are not of a session, as soon as there are so many.</summary>
    private static async Task<List<int>> SparesAsync(BridgeProcess bridge, int count, params int[] taken)
    {
        var ready = await bridge.LoggedAsync("The fork server is ready");
        var server = int.Parse(Regex.Match(ready, @"process (\d+)").Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        List<int> spares = [];
        await Eventually.IsTrueAsync(
            () => (spares = [.. ProcessTable.Children(server).Except(taken)]).Count == count, () => $"There are {spares.Count} spares.\n{bridge.Log}");
        return spares;
    }
}
