using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Load;
using KubeWsBridge.Behaviour.Tls;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Certificates are renewed under sessions that go on.</summary>
[Collection(LoadCollection.Name)]
public sealed class RenewalTests
{
    private const int Sessions = 100;
    private const int Renewals = 3;

    [Fact]
    public async Task ThreeRenewals_UnderAHundredSessions_NobodyNotices()
    {
        // Half a minute, and always less than all of it left: each is renewed after a tenth of its life, which is the soonest.
        using var pebble = await PebbleServer.StartAsync(new() { Validity = 30 });
        using var setup = new AcmeSetup(pebble);
        await using var bridge = await BridgeProcess.StartAsync(
            [
                "-e", Peers.Bash, "-s", BridgeProcess.Handler("Load/cat.sh"), "--max-connections", $"{Sessions + 10}", "--max-processes", $"{Sessions + 10}",
                .. setup.Options, .. setup.Ports, "--tls-renewal-window-ratio", "1",
            ]);
        await AcmeSetup.ServedAsync(bridge);
        var clients = new List<RawClient>();
        for (var i = 0; i < Sessions; i++)
        {
            clients.Add(await TlsBridge.ConnectAsync(bridge));
            await clients[i].UpgradeAsync();
        }

        var before = bridge.CountLogged("Serving the certificate");
        await Fixtures.Eventually.IsTrueAsync(
            async () =>
            {
                bridge.Signal(1); // looks at once, instead of every 15 seconds
                await Task.WhenAll(clients.Select(EchoAsync));
                await Task.Delay(200);
                return bridge.CountLogged("Serving the certificate") >= before + Renewals;
            },
            () => bridge.Log);
        Assert.Equal(0, bridge.CountLogged("Session closed"));
        Assert.Equal(Sessions, bridge.CountLogged("Session opened"));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static async Task EchoAsync(RawClient client)
    {
        await client.SendTextAsync("x");
        await client.ReadDataAsync(1);
    }
}
