using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Tls;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>A certificate by tls-alpn-01, on the port where clients are served.</summary>
[Collection(AcmeCollection.Name)]
public sealed class TlsAlpn01Tests(PlainPebble pebble) : IClassFixture<PlainPebble>, IDisposable
{
    private readonly AcmeSetup _setup = new(pebble.Server);

    public void Dispose() => _setup.Dispose();

    [Theory]
    [InlineData("p384")]
    [InlineData("ed25519")]
    public async Task FirstStart_OnThePortOfClients_IsIssued(string keyType)
    {
        await using var bridge = await _setup.StartAsync(
            "--ws-port", $"{pebble.Server.TlsPort}", "--tls-acme-challenge", "tls-alpn-01", "--tls-key-type", keyType);
        await AcmeSetup.ServedAsync(bridge);
        await using var client = await TlsBridge.ConnectAsync(bridge, _setup.Name);
        await client.UpgradeAsync("/echo");
        await client.SendTextAsync("hello");
        Assert.Equal("hello", Encoding.UTF8.GetString(await client.ReadDataAsync(5)));
        Assert.Equal(0, bridge.CountLogged("HTTP-01"));

        // Nobody but an authority with an order under way gets anywhere by its protocol.
        var asking = TlsBridge.Client(_setup.Name);
        asking.ApplicationProtocols = [new SslApplicationProtocol("acme-tls/1")];
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => RawClient.TlsAsync(bridge.Port, asking));
    }
}
