using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Behaviour.Tls;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>What authorities ask for beside a name, and what can be asked of them.</summary>
[Collection(AcmeCollection.Name)]
public sealed class OrderOptionTests
{
    private const string KeyId = "kid-1";
    private const string MacKey = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    private const string Required = "Get a key id and a MAC key from the authority";

    [Fact]
    public async Task ExternalAccount_Bound_IsIssued()
    {
        using var pebble = await BoundPebbleAsync();
        using var setup = new AcmeSetup(pebble);

        await using var bridge = await setup.StartAsync([.. setup.Ports, "--tls-eab-key-id", KeyId, "--tls-eab-mac-key", MacKey]);

        Assert.Equal(await AcmeSetup.ServedAsync(bridge), (await TlsBridge.ShownAsync(bridge)).SerialNumber);
        Assert.Equal(0, bridge.CountLogged(MacKey));
    }

    [Fact]
    public async Task ExternalAccount_Missing_IsSaidWhileSessionsAreServed()
    {
        using var pebble = await BoundPebbleAsync();
        using var setup = new AcmeSetup(pebble);

        await using var bridge = await setup.StartAsync(setup.Ports);

        await bridge.LoggedAsync(Required);
        await using var client = await TlsBridge.ConnectAsync(bridge);
        await client.UpgradeAsync("/echo");
    }

    [Fact]
    public async Task ExternalAccount_BoundWrongly_IsSaid()
    {
        using var pebble = await BoundPebbleAsync();
        using var setup = new AcmeSetup(pebble);

        await using var bridge = await setup.StartAsync([.. setup.Ports, "--tls-eab-key-id", "kid-2", "--tls-eab-mac-key", MacKey]);

        await bridge.LoggedAsync("the field .kid. references a key that is not known");
        Assert.Empty(setup.Stored("certificates"));
    }

    [Fact]
    public async Task PreferredChain_IsTheOneShown()
    {
        using var pebble = await PebbleServer.StartAsync(new() { AlternateRoots = 2 });
        using var setup = new AcmeSetup(pebble);
        var root = await pebble.RootAsync(2);

        await using var bridge = await setup.StartAsync(
            [.. setup.Ports, "--tls-acme-preferred-chain", root.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]);

        await AcmeSetup.ServedAsync(bridge);
        var stored = new X509Certificate2Collection();
        stored.ImportFromPemFile(setup.Stored("certificates").Single(file => Path.GetFileName(file) == "cert.pem"));
        Assert.Equal(root.Subject, stored[^1].Issuer);
    }

    private static Task<PebbleServer> BoundPebbleAsync() =>
        PebbleServer.StartAsync(new() { ExternalAccount = (KeyId, MacKey) });
}
