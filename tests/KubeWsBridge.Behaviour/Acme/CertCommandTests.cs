using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Tls;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Commands on the state directory of a bridge that runs.</summary>
[Collection(AcmeCollection.Name)]
public sealed class CertCommandTests(PlainPebble pebble) : IClassFixture<PlainPebble>, IDisposable
{
    private readonly AcmeSetup _setup = new(pebble.Server);

    public void Dispose() => _setup.Dispose();

    [Fact]
    public async Task RenewAndRevoke_BesideARunningBridge_AreAnsweredAndSeenByIt()
    {
        await using var bridge = await _setup.StartAsync([.. _setup.Ports, "--tls-acme-challenge", "http-01", "--tls-reuse-private-keys"]);
        var first = await AcmeSetup.ServedAsync(bridge);

        // It listens nowhere: the bridge finds its answers in the directory.
        var renewed = await RunAsync("renew", "--tls-acme-challenge", "http-01", "--tls-reuse-private-keys");
        var second = Regex.Match(renewed, "^([0-9A-F]+) from ", RegexOptions.Multiline).Groups[1].Value;
        Assert.NotEqual(first, second);
        bridge.Signal(1);
        await bridge.LoggedAsync($"Serving the certificate {second}");
        Assert.Single(Keys());
        Assert.Contains($"  serial    {second}\n", await RunAsync("list"), StringComparison.Ordinal);

        var shown = await TlsBridge.ShownAsync(bridge);
        Assert.StartsWith($"{second} is revoked.", await RunAsync("revoke"), StringComparison.Ordinal);
        Assert.Equal("Revoked", await pebble.Server.StatusAsync(shown));
        bridge.Signal(1);
        var third = Regex.Match(await bridge.LoggedAsync($"Serving the certificate (?!{first}|{second})"), "certificate ([0-9A-F]+) ").Groups[1].Value;
        Assert.Equal(third, (await TlsBridge.ShownAsync(bridge)).SerialNumber);
        // Keys are kept when certificates are renewed, but not that of a certificate that was revoked.
        Assert.NotEqual(shown.GetPublicKeyString(), (await TlsBridge.ShownAsync(bridge)).GetPublicKeyString());
    }

    private string[] Keys() =>
        [.. _setup.Stored("certificates").Where(file => file.EndsWith("key.pem", StringComparison.Ordinal)).Select(File.ReadAllText).Distinct()];

    private async Task<string> RunAsync(string command, params string[] more)
    {
        var (status, said) = await PeerClients.PeerProgram.RunAsync(BridgeProcess.Program, ["cert", command, .. _setup.Options, .. more]);
        Assert.True(status == 0, said);
        return said;
    }
}
