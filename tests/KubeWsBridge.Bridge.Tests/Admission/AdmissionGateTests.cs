using System.Collections.Concurrent;
using System.Net;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Admission.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Bridge.Tests.Admission;

public sealed class AdmissionGateTests
{
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.1");

    /// <summary>Memory with room for so many workers, and never measured again.</summary>
    private sealed class FullMeter : IMemoryMeter
    {
        private const long MiB = 1 << 20;

        public int Room { get; init; }

        public MemoryReading Read() => new(100 * MiB, (90 - Room) * MiB, 0, (90 - Room) * MiB);

        public MemoryLedger Ledger() => new(this, new MemoryOptions { ReservePercent = 10, WorkerMemory = MiB }, NullLogger.Instance);
    }

    private static AdmissionGate Gate(int sessions = 100, int workers = 100, int perAddress = 0) =>
        new(new() { MaxConnections = sessions, MaxProcesses = workers, MaxConnectionsPerAddress = perAddress });

    private static AdmissionPermit Enter(AdmissionGate gate, string client = "192.0.2.1", string route = "/*", int routeLimit = 0)
    {
        Assert.True(gate.TryEnter(IPAddress.Parse(client), route, routeLimit, out var permit, out var refusal), refusal?.Name);
        return permit;
    }

    private static string? Refused(AdmissionGate gate, string client = "192.0.2.1", string route = "/*", int routeLimit = 0)
    {
        Assert.False(gate.TryEnter(IPAddress.Parse(client), route, routeLimit, out var permit, out var refusal));
        Assert.Null(permit);
        return refusal.Name;
    }

    [Theory]
    [InlineData(AdmissionOptions.Auto, 100)]
    [InlineData(100, AdmissionOptions.Auto)]
    public void TryEnter_WithoutMemory_MemoryLimitUntilAWorkerIsGone(int sessions, int workers)
    {
        var meter = new FullMeter { Room = 2 };
        var gate = new AdmissionGate(new() { MaxConnections = sessions, MaxProcesses = workers }, memory: meter.Ledger());
        Assert.Equal(2, gate.Capacity);
        var first = Enter(gate);
        Enter(gate);

        Assert.Equal("memory-limit", Refused(gate));

        first.ReleaseSession();
        Assert.Equal("memory-limit", Refused(gate));
        first.ReleaseWorker();
        Enter(gate);
    }

    [Fact]
    public void TryEnter_WithNumbersOnly_DoesNotAskMemory()
    {
        var gate = new AdmissionGate(new() { MaxConnections = 3, MaxProcesses = 3 }, memory: new FullMeter().Ledger());

        Assert.Equal((3, 0), (gate.Capacity, gate.Used));
        Enter(gate);
        Assert.Equal(1.0 / 3, gate.Used);
    }

    [Fact]
    public void Capacity_IsTheNarrowestLimit()
    {
        Assert.Equal(4, Gate(sessions: 4, workers: 9).Capacity);
        Assert.Equal(4, Gate(sessions: 9, workers: 4).Capacity);
        var descriptors = new DescriptorLedger(192 + 160, NullLogger.Instance);
        Assert.Equal(descriptors.MostWorkers, new AdmissionGate(new() { MaxConnections = 1000, MaxProcesses = 1000 }, descriptors).Capacity);
    }

    [Fact]
    public void TryEnter_Full_ConnectionLimitUntilSessionReleased()
    {
        var gate = Gate(sessions: 2);
        var first = Enter(gate);
        Enter(gate);
        Assert.Equal("connection-limit", Refused(gate));
        first.ReleaseWorker();
        Assert.Equal("connection-limit", Refused(gate));
        first.ReleaseSession();
        Enter(gate);
    }

    [Fact]
    public void TryEnter_NoWorkerLeft_WorkerLimitUntilWorkerReleased()
    {
        var gate = Gate(workers: 1);
        var first = Enter(gate);
        Assert.Equal("worker-limit", Refused(gate));
        first.ReleaseSession();
        Assert.Equal("worker-limit", Refused(gate));
        first.ReleaseWorker();
        Enter(gate);
    }

    [Fact]
    public void ReleaseWorkerAfter_WorkerGone_GivesItsPlaceToAnother()
    {
        var gate = Gate(workers: 1);
        var gone = new TaskCompletionSource();
        Enter(gate).ReleaseWorkerAfter(gone.Task);
        Assert.Equal("worker-limit", Refused(gate));

        gone.SetResult();

        Assert.True(SpinWait.SpinUntil(() => gate.Workers == 0, TimeSpan.FromSeconds(30)));
        Enter(gate);
        Assert.Equal((2, 1), (gate.Sessions, gate.Workers));
    }

    [Fact]
    public void Dispose_AfterReleases_GivesBackTheRestOnce()
    {
        var ledger = new DescriptorLedger(256, NullLogger.Instance);
        var gate = new AdmissionGate(new(), ledger);
        var permit = Enter(gate);
        permit.ReleaseWorker();
        Assert.Equal((1, 0, 1), (gate.Sessions, gate.Workers, ledger.Held));

        permit.Dispose();
        permit.Dispose();

        Assert.Equal((0, 0, 0), (gate.Sessions, gate.Workers, ledger.Held));
    }

    [Fact]
    public void TryEnter_NoDescriptorLeft_WorkerLimitToldOnce()
    {
        var log = new TextLogger();
        var ledger = new DescriptorLedger(256, log);
        var gate = new AdmissionGate(new() { MaxConnectionsPerAddress = 1000 }, ledger);
        var permits = Enumerable.Range(0, ledger.MostWorkers).Select(_ => Enter(gate)).ToList();

        Assert.Equal("worker-limit", Refused(gate));
        Assert.Equal("worker-limit", Refused(gate));

        Assert.Contains("ulimit -n", Assert.Single(log.Lines), StringComparison.Ordinal);
        permits[0].Dispose();
        Enter(gate);
    }

    [Fact]
    public void TryEnter_RouteFull_OthersMayEnter()
    {
        var gate = Gate();
        var first = Enter(gate, route: "/chat", routeLimit: 1);
        Assert.Equal("connection-limit", Refused(gate, route: "/chat", routeLimit: 1));
        Enter(gate, route: "/news", routeLimit: 1);
        first.ReleaseSession();
        Enter(gate, route: "/chat", routeLimit: 1);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("0.0.0.1", "0:0:0:1::", false)]
    public void TryEnter_PerAddress_CountsIPv6PerNetwork(string first, string second, bool same)
    {
        var gate = Gate(perAddress: 1);
        var permit = Enter(gate, first);
        if (same)
            Assert.Equal("address-limit", Refused(gate, second));
        else
            Enter(gate, second);
        permit.ReleaseSession();
        Enter(gate, first);
    }

    [Fact]
    public void TryEnter_SeveralReasons_DrainingThenConnectionThenWorkerThenAddress()
    {
        var gate = Gate(sessions: 1, workers: 1, perAddress: 1);
        var permit = Enter(gate);
        gate.Draining = true;
        Assert.Equal("draining", Refused(gate));
        gate.Draining = false;
        Assert.Equal("connection-limit", Refused(gate));
        gate.Options = new() { MaxConnections = 2, MaxProcesses = 1, MaxConnectionsPerAddress = 1 };
        Assert.Equal("worker-limit", Refused(gate));
        permit.ReleaseWorker();
        Assert.Equal("address-limit", Refused(gate));
    }

    [Fact]
    public void Release_Twice_CountsOnce()
    {
        var gate = Gate();
        var permit = Enter(gate);
        Enter(gate);
        Assert.Equal((2, 2), (gate.Sessions, gate.Workers));
        for (var i = 0; i < 2; i++)
        {
            permit.ReleaseSession();
            permit.ReleaseWorker();
        }
        Assert.Equal((1, 1, 1), (gate.Sessions, gate.Workers, gate.Addresses));
    }

    [Fact]
    public void Release_Last_ForgetsAddress()
    {
        var gate = Gate();
        List<AdmissionPermit> permits = [.. Enumerable.Range(0, 50).Select(i => Enter(gate, $"10.0.0.{i / 2}"))];
        Assert.Equal(25, gate.Addresses);
        permits.ForEach(permit => permit.ReleaseSession());
        Assert.Equal(0, gate.Addresses);
    }

    [Fact]
    public async Task TryEnter_InParallel_NeverAboveLimitsAndZeroAtTheEnd()
    {
        var gate = Gate(sessions: 20, workers: 15, perAddress: 4);
        var most = new ConcurrentBag<(int Sessions, int Workers)>();
        await Parallel.ForAsync(0, 8, async (worker, _) =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 5_000; i++)
            {
                if (!gate.TryEnter(IPAddress.Parse($"10.0.0.{random.Next(6)}"), "/*", 18, out var permit, out var refusal))
                {
                    Assert.NotNull(refusal);
                    continue;
                }
                if (random.Next(8) == 0)
                    await Task.Yield();
                most.Add((gate.Sessions, gate.Workers));
                Parallel.Invoke(permit.ReleaseSession, permit.ReleaseWorker, permit.ReleaseSession, permit.ReleaseWorker);
            }
        });
        Assert.All(most, seen => Assert.True(seen is { Sessions: >= 0 and <= 18, Workers: >= 0 and <= 15 }));
        Assert.Equal((0, 0, 0), (gate.Sessions, gate.Workers, gate.Addresses));
        Assert.True(gate.TryEnter(Client, "/*", 1, out _, out _));
    }
}
