using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Load;
using KubeWsBridge.Certificates.Tests;

namespace KubeWsBridge.Behaviour.Tls;

/// <summary>Certificates are swapped under sessions that go on.</summary>
[Collection(LoadCollection.Name)]
public sealed class SwapTests : IDisposable
{
    private const string ReadAgain = "Certificates were read again: 1 are shown";
    private const int Sessions = 200;
    private const int Swaps = 50;
    private const long Slack = 24 << 20;

    private readonly TestAuthority _authority = new("root");
    private readonly CertificateFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task FiftySwaps_UnderTwoHundredSessions_NobodyNotices()
    {
        var files = _folder.Write("a", _authority.Issue("localhost"));
        await using var bridge = await BridgeProcess.StartAsync(
            [
                "--tls-mode", "manual", "--tls-cert", files.Certificate, "--tls-key", files.Key,
                "-e", Peers.Bash, "-s", BridgeProcess.Handler("Load/cat.sh"), "--max-connections", $"{Sessions + 10}", "--max-processes", $"{Sessions + 10}",
            ]);
        var clients = new List<RawClient>();
        for (var i = 0; i < Sessions; i++)
        {
            clients.Add(await TlsBridge.ConnectAsync(bridge));
            await clients[i].UpgradeAsync();
        }

        var probe = new ProcessProbe(bridge.Id);
        var early = 0L;
        for (var swap = 1; swap <= Swaps; swap++)
        {
            var next = _authority.Issue("localhost");
            var before = bridge.CountLogged(ReadAgain);
            _folder.Write("a", next);
            bridge.Signal(1);
            await bridge.LoggedAsync($"Certificate for localhost: Ecdsa, serial {next.SerialNumber}");
            await Load.Eventually.BecomesAsync("The number of swaps", () => bridge.CountLogged(ReadAgain), count => count > before);
            Assert.Equal(next.SerialNumber, (await TlsBridge.ShownAsync(bridge)).SerialNumber);
            await Task.WhenAll(clients.Select(EchoAsync));
            if (swap == Swaps / 5)
                early = probe.Pss;
        }

        var grown = probe.Pss - early;
        Assert.True(grown < Slack, $"{grown >> 10} KiB more after {Swaps} swaps than after {Swaps / 5}.");
        Assert.Equal(0, bridge.CountLogged("Session closed"));
        Assert.Equal(Sessions, bridge.CountLogged("Session opened"));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task FilesChange_WithoutASignal_AreSeenByThemselves()
    {
        var files = _folder.Write("a", _authority.Issue("localhost"));
        await using var bridge = await TlsBridge.StartAsync(files);
        var next = _authority.Issue("localhost");
        _folder.Write("a", next);
        await bridge.LoggedAsync("Certificates were read again: 1");
        Assert.Equal(next.SerialNumber, (await TlsBridge.ShownAsync(bridge)).SerialNumber);
    }

    [Fact]
    public async Task Hangup_WithFilesThatDontFit_KeepsTheOldPairAndGoesOn()
    {
        var first = _authority.Issue("localhost");
        var files = _folder.Write("a", first);
        await using var bridge = await TlsBridge.StartAsync(files);
        File.WriteAllText(files.Key, "nonsense");
        bridge.Signal(1);
        await bridge.LoggedAsync("error Certificates were read again and can't be used; the old ones stay. .*has no private key");
        Assert.Equal(first.SerialNumber, (await TlsBridge.ShownAsync(bridge)).SerialNumber);
    }

    [Fact]
    public async Task SeveralPairs_AreChosenByName()
    {
        var (one, two) = (_folder.Write("one", _authority.Issue("one.test")), _folder.Write("two", _authority.Issue("any", names: ["*.two.test"])));
        var file = HandlerRoutes.Write(
            $"tlsMode: manual\ntlsCertificates:\n- cert: {one.Certificate}\n  key: {one.Key}\n- cert: {two.Certificate}\n  key: {two.Key}\n");
        await using var bridge = await BridgeProcess.StartAsync(["--config", file]);
        foreach (var (host, name) in new[] { ("one.test", "one.test"), ("a.two.test", "any"), ("other.test", "one.test") })
            Assert.Equal(name, (await TlsBridge.ShownAsync(bridge, host)).GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }

    private static async Task EchoAsync(RawClient client)
    {
        await client.SendTextAsync("x");
        await client.ReadDataAsync(1);
    }
}
