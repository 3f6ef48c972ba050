using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.PeerClients;
using KubeWsBridge.Behaviour.Tls;
using KubeWsBridge.Certificates.Tests.Storage.Kubernetes.Fakes;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>A bridge in a pod that keeps its certificate in Secrets.</summary>
[Collection(AcmeCollection.Name)]
public sealed class ClusterTests(PlainPebble pebble) : IClassFixture<PlainPebble>, IAsyncLifetime
{
    private readonly Scratch _scratch = new();
    private FakeApiServer _cluster = null!;
    private AcmeSetup _setup = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeApiServer.StartAsync(_scratch.File("cluster"));
        _setup = new AcmeSetup(pebble.Server, cluster: _cluster);
    }

    public async Task DisposeAsync()
    {
        _setup.Dispose();
        await _cluster.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Certificate_IsKeptInASecretAndServedAfterARestart()
    {
        string first;
        await using (var bridge = await _setup.StartAsync([.. _setup.Ports, "--tls-acme-challenge", "http-01"]))
            first = await AcmeSetup.ServedAsync(bridge);

        var secret = Assert.Single(_setup.Stored("certificates"));
        Assert.Contains("cert.pem", secret, StringComparison.Ordinal);
        Assert.Contains("key.pem", secret, StringComparison.Ordinal);
        Assert.Single(_setup.Stored("accounts"));
        Assert.Empty(_setup.Stored("orders").Concat(_setup.Stored("challenges")));
        Assert.All(_cluster.List("leases"), lease => Assert.Equal("", (string?)lease["spec"]!["holderIdentity"]));
        Assert.False(Directory.Exists(_setup.State));
        Assert.False(Directory.Exists("acme-state"));

        await using var again = await _setup.StartAsync("--tls-acme-http-port", "0");
        Assert.Equal(first, await AcmeSetup.ServedAsync(again));
        Assert.Equal(first, (await TlsBridge.ShownAsync(again)).SerialNumber);
    }

    [Fact]
    public async Task Signal_WhileTheServerAnswersNothing_EndsTheStartInOrder()
    {
        var (came, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        _cluster.Gate = _ =>
        {
            came.TrySetResult();
            return end.Task;
        };
        await using var bridge = BridgeProcess.Launch(
            ["--config", HandlerRoutes.Write(), "--ws-port", "0", "--tls-acme-http-port", "0", .. _setup.Options], _setup.Variables);
        await came.Task.WaitAsync(RawClient.Patience);

        bridge.Signal(15);

        Assert.Equal(0, await bridge.ExitAsync());
        end.SetResult();
        Assert.Contains("Asked to end before anybody was let in.", bridge.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerWithoutTheRole_IsSaidInALogLineAndServesAllTheSame()
    {
        _cluster.Deny("get", "secrets");
        await using var bridge = await _setup.StartAsync([.. _setup.Ports]);

        await bridge.LoggedAsync("What is stored in the Secrets kubewsbridge-\\* of the namespace chat can't be served: The pod's service account may not get secrets");
        await TlsBridge.ShownAsync(bridge);
    }

    [Fact]
    public async Task Commands_BesideARunningBridge_WorkOnTheSecrets()
    {
        Assert.Equal("There is nothing in the Secrets kubewsbridge-* of the namespace chat.\n", await RunAsync("list", _setup.Storage));
        await using var bridge = await _setup.StartAsync([.. _setup.Ports, "--tls-acme-challenge", "http-01"]);
        var first = await AcmeSetup.ServedAsync(bridge);

        // It listens nowhere: the bridge finds its answers in the cluster.
        var renewed = await RunAsync("renew", [.. _setup.Options, "--tls-acme-challenge", "http-01"]);
        var second = Regex.Match(renewed, "^([0-9A-F]+) from ", RegexOptions.Multiline).Groups[1].Value;
        Assert.NotEqual(first, second);
        bridge.Signal(1);
        await bridge.LoggedAsync($"Serving the certificate {second}");
        Assert.Contains($"  serial    {second}\n", await RunAsync("list", _setup.Storage), StringComparison.Ordinal);

        Assert.StartsWith($"{second} is revoked.", await RunAsync("revoke", _setup.Options), StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string command, string[] options)
    {
        var (status, said) = await PeerProgram.RunAsync(RawClient.Patience, BridgeProcess.Program, _cluster.Variables, ["cert", command, .. options]);
        Assert.True(status == 0, said);
        return said;
    }
}
