using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Tls;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Certificates are renewed under sessions that go on.</summary>
public sealed class RenewalTests
{
    private const int Sessions = 500;
    private const int Renewals = 10;

    [Fact]
    public async Task TenRenewals_UnderFiveHundredSessions_NobodyNotices()
    {
        // With a minute to live, and always less than all of it left, each is renewed after a tenth of its life, which is the soonest.
        using var pebble = await PebbleServer.StartAsync(new() { Validity = 60 });
        using var setup = new AcmeSetup(pebble);
        await using var bridge = await BridgeProcess.StartAsync(
            [
                "-e", Peers.Bash, "-s", BridgeProcess.Handler("Load/cat.sh"), "--max-connections", $"{Sessions + 10}", "--max-processes", $"{Sessions + 10}",
                .. setup.Options, .. setup.Ports, "--tls-renewal-window-ratio", "1", "--heartbeat-interval", "0",
            ]);
        await AcmeSetup.ServedAsync(bridge);
        var clients = new List<RawClient>();
        for (var i = 0; i < Sessions; i++)
        {
            clients.Add(await TlsBridge.ConnectAsync(bridge));
            await clients[i].UpgradeAsync();
        }

        var before = bridge.CountLogged("Serving the certificate");
        for (var renewal = 1; renewal <= Renewals; renewal++)
            await Fixtures.Eventually.IsTrueAsync(
                async () =>
                {
                    bridge.Signal(1); // looks at once, instead of every 15 seconds
                    await Task.WhenAll(clients.Select(EchoAsync));
                    await Task.Delay(200);
                    return bridge.CountLogged("Serving the certificate") >= before + renewal;
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
