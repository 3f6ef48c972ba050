using System.Text.RegularExpressions;
using KubeWsBridge.Behaviour.Fixtures;
using KubeWsBridge.Behaviour.Tls;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;
using KubeWsBridge.Certificates.Tests.Dns.Servers;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>Certificates by dns-01, the authority looking at the real name servers that the bridge writes to.</summary>
[Collection(AcmeCollection.Name)]
public sealed class Dns01Tests(NamedPebble pebble) : IClassFixture<NamedPebble>
{
    [Fact]
    public async Task WildcardAndApex_ByUpdatesOfBind_AreIssuedAndNothingStays()
    {
        using var setup = new AcmeSetup(pebble.Server);
        await using var bridge = await setup.StartAsync([.. pebble.ByDns, "--tls-domain", $"*.{setup.Name}"]);
        var serial = await AcmeSetup.ServedAsync(bridge);
        Assert.Equal(serial, (await TlsBridge.ShownAsync(bridge, $"any.{setup.Name}")).SerialNumber);
        Assert.Empty(await pebble.TextsAsync(setup.Name));
        Assert.Empty(setup.Stored("dns"));
        Assert.Equal(0, bridge.CountLogged(Regex.Escape(TestKeys.Secret("hmac-sha256"))));
    }

    [Fact]
    public async Task Delegation_ToAnotherZone_IsFollowed()
    {
        using var setup = new AcmeSetup(pebble.Server);
        await using var bridge = await setup.StartAsync([.. pebble.ByDns, "--tls-domain", "alias.example.test"]); // its _acme-challenge is alias.delegated.test
        await AcmeSetup.ServedAsync(bridge);
        Assert.True((await TlsBridge.ShownAsync(bridge)).MatchesHostname("alias.example.test"));
        Assert.Empty(await pebble.TextsAsync("alias.example.test"));
        Assert.Empty(setup.Stored("dns"));
    }

    [Fact]
    public async Task Drain_InTheMiddleOfAnOrder_EndsSessionsAndTheNextStartGoesOnWithIt()
    {
        await using var proxy = await AcmeProxy.StartAsync(pebble.Server, stopAfter: 6);
        using var setup = new AcmeSetup(pebble.Server, proxy);
        await using (var bridge = await setup.StartAsync([.. pebble.ByDns, "--drain-close-code", "1012"]))
        {
            await proxy.Stopped.WaitAsync(RawClient.Patience);
            await using var client = await TlsBridge.ConnectAsync(bridge);
            await client.UpgradeAsync("/echo");

            bridge.Signal(15);

            Assert.Equal(1012, (await client.ReadToCloseAsync()).Code);
            Assert.Equal(0, await bridge.ExitAsync());
            await bridge.LoggedAsync("Drained");
        }

        proxy.GoOn();
        await using var next = await setup.StartAsync(pebble.ByDns);
        await AcmeSetup.ServedAsync(next);
        Assert.Equal(1, proxy.Orders);
    }

    [Fact]
    public async Task PowerDns_ByItsInterface_IsIssued()
    {
        var powerDns = new PowerDnsServer();
        await powerDns.InitializeAsync();
        try
        {
            using var authority = await PebbleServer.StartAsync(new() { DnsPort = powerDns.Port });
            using var setup = new AcmeSetup(authority);
            await using var bridge = await setup.StartAsync(
                "--tls-dns-provider", "powerdns", "--tls-dns-param", $"server_url=http://127.0.0.1:{powerDns.ApiPort}", "--tls-dns-param",
                $"api_token={PowerDnsServer.ApiKey}", "--tls-resolvers", $"127.0.0.1:{powerDns.Port}", "--tls-propagation-delay", "0", "--tls-key-type", "rsa2048");
            Assert.Equal(await AcmeSetup.ServedAsync(bridge), (await TlsBridge.ShownAsync(bridge)).SerialNumber);
        }
        finally
        {
            await powerDns.DisposeAsync();
        }
    }

    [Fact]
    public async Task Sigterm_InTheMiddleOfAnOrder_TakesTheRecordsAway()
    {
        await using var proxy = await AcmeProxy.StartAsync(pebble.Server, stopAfter: 6);
        using var setup = new AcmeSetup(pebble.Server, proxy);
        await using var bridge = await setup.StartAsync(pebble.ByDns);
        Assert.Equal("chalZ", await proxy.Stopped.WaitAsync(RawClient.Patience));
        Assert.Single(await pebble.TextsAsync(setup.Name));
        Assert.Equal(0, await bridge.StopAsync());
        Assert.Empty(await pebble.TextsAsync(setup.Name));
        Assert.Empty(setup.Stored("dns"));
        Assert.NotEmpty(setup.Stored("orders")); // the next start goes on with it
    }
}
