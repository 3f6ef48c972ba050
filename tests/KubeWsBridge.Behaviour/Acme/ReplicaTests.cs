using System.Globalization;
using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Tls;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Five bridges on one state directory, or on the Secrets of one namespace, behind one port for authorities.</summary>
[Collection(AcmeCollection.Name)]
public sealed class ReplicaTests(PlainPebble pebble) : IClassFixture<PlainPebble>, IAsyncLifetime
{
    private const int Count = 5;

    private readonly Scratch _scratch = new();
    private FakeApiServer _cluster = null!;

    public async Task InitializeAsync() => _cluster = await FakeApiServer.StartAsync(_scratch.File("cluster"));

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _scratch.Dispose();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task FiveReplicas_MakeOneOrderAndServeTheSame(bool isInCluster)
    {
        await using var proxy = await AcmeProxy.StartAsync(pebble.Server);
        using var setup = new AcmeSetup(pebble.Server, proxy, isInCluster ? _cluster : null);
        var ports = new TaskCompletionSource<int[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = new RoundRobin(pebble.Server.HttpPort, ports.Task);
        var replicas = await StartAsync(setup);
        await using var end = new End(replicas);
        ports.SetResult(await PortsAsync(replicas));

        await AssertSameAsync(replicas);
        Assert.Equal(1, proxy.Orders);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task LockHolder_KilledInTheMiddle_IsTakenOverWithItsOrder(bool isInCluster)
    {
        // Not while the authority looks at the challenge: what it sees of a replica that is just dying is chance.
        await using var proxy = await AcmeProxy.StartAsync(pebble.Server, stopAfter: 5);
        using var setup = new AcmeSetup(pebble.Server, proxy, isInCluster ? _cluster : null);
        var ports = new TaskCompletionSource<int[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = new RoundRobin(pebble.Server.HttpPort, ports.Task);
        var replicas = await StartAsync(setup);
        await using var end = new End(replicas);
        ports.SetResult(await PortsAsync(replicas));

        Assert.Equal("authZ", await proxy.Stopped.WaitAsync(RawClient.Patience));
        var holder = replicas.Single(replica => replica.CountLogged("is ordered:") > 0);
        holder.Signal(9);
        await holder.ExitAsync();
        proxy.GoOn();
        await AssertSameAsync([.. replicas.Except([holder])]);
        Assert.Equal(1, proxy.Orders);
        Assert.Empty(setup.Stored("challenges"));
        Assert.Empty(setup.Stored("orders"));
    }

    private static Task<BridgeProcess[]> StartAsync(AcmeSetup setup) => Task.WhenAll(
        Enumerable.Range(0, Count).Select(_ => setup.StartAsync("--tls-acme-challenge", "http-01", "--tls-acme-http-port", "0")));

    private static async Task<int[]> PortsAsync(BridgeProcess[] replicas)
    {
        var lines = await Task.WhenAll(replicas.Select(replica => replica.LoggedAsync("HTTP-01 challenges are answered on")));
        return [.. lines.Select(line => int.Parse(Regex.Match(line, @":(\d+)\.$").Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
    }

    // Until a lease of somebody dead is over, one that was renewed just before.
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(30);

    // They look every 15 seconds; a hangup makes them look at once, as often as a test likes.
    private static async Task AssertSameAsync(BridgeProcess[] replicas)
    {
        await Eventually.IsTrueAsync(
            async () =>
            {
                foreach (var replica in replicas.Where(replica => replica.CountLogged("Serving the certificate") == 0))
                    replica.Signal(1);
                await Task.Delay(500);
                return replicas.All(replica => replica.CountLogged("Serving the certificate") > 0);
            },
            () => string.Join("\n\n", replicas.Select(replica => replica.Log)),
            TakeOver + RawClient.Patience);
        var shown = await Task.WhenAll(replicas.Select(replica => TlsBridge.ShownAsync(replica)));
        Assert.Single(shown.Select(certificate => certificate.SerialNumber).Distinct());
        Assert.All(shown, certificate => Assert.Contains("Pebble", certificate.Issuer, StringComparison.Ordinal));
    }

    /// <summary>All at a time, whatever became of the test.</summary>
    private sealed class End(BridgeProcess[] replicas) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.WhenAll(replicas.Select(replica => replica.DisposeAsync().AsTask()));
    }
}
