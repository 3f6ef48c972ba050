using System.Net;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Tests.Acme.Pebble;
using KubeWsBridge.Certificates.Tests.Dns.Servers;

namespace KubeWsBridge.Behaviour.Acme;

/// <summary>A pebble that looks names up in a real BIND, which takes updates of example.test.</summary>
public sealed class NamedPebble : IAsyncLifetime
{
    private readonly BindServer _bind = new() { Resolves = true };

    /// <summary>The pebble; it refuses every other nonce.</summary>
    public PebbleServer Server { get; private set; } = null!;

    /// <summary>What makes bridges prove by dns-01 there.</summary>
    public string[] ByDns =>
    [
        "--tls-dns-provider", "rfc2136", "--tls-dns-param", $"server=127.0.0.1:{_bind.Port}", "--tls-dns-param", $"key_name={TestKeys.Name("hmac-sha256")}",
        "--tls-dns-param", $"key={TestKeys.Secret("hmac-sha256")}", "--tls-resolvers", $"127.0.0.1:{_bind.Port}", "--tls-propagation-delay", "0",
    ];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _bind.InitializeAsync();
        Server = await PebbleServer.StartAsync(new() { DnsPort = _bind.Port });
    }

    /// <summary>The values at a name's _acme-challenge.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string name)
    {
        var place = new IPEndPoint(IPAddress.Loopback, _bind.Port);
        return (await new DnsLookup([place]).ReadTextsAsync(new NameServer("test", [place]), $"_acme-challenge.{name}", default))!;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        Server.Dispose();
        await _bind.DisposeAsync();
    }
}
