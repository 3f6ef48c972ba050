using System.Net;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Tests.Dns.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>The whole way through a real BIND that has no recursion: zone, alias into another of its zones, propagation.</summary>
public sealed class DnsLookupTests(BindServer server) : IClassFixture<BindServer>
{
    private readonly DnsLookup _lookup = new([new IPEndPoint(IPAddress.Loopback, server.Port)]);

    [Theory]
    [InlineData("_acme-challenge.example.test", "example.test")]
    [InlineData("_acme-challenge.a.b.c.example.test", "example.test")]
    [InlineData("example.test", "example.test")]
    [InlineData("_acme-challenge.alias.example.test", "example.test")]
    public async Task Zone_OfAName_IsTheNearestOneAbove(string name, string zone) =>
        Assert.Equal(zone, await ZoneFinder.FindAsync(_lookup, name, default));

    [Fact]
    public async Task Zone_OfNobody_SaysSo() =>
        Assert.Contains("No zone was found for", (await FailsAsync(() => ZoneFinder.FindAsync(_lookup, "a.nowhere.invalid", default))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Alias_IntoAnotherZone_IsFollowed() =>
        Assert.Equal("alias.delegated.test", await AliasChain.FollowAsync(_lookup, "_acme-challenge.alias.example.test", default));

    [Fact]
    public async Task Alias_InACircle_Fails() =>
        Assert.Contains("alias without an end", (await FailsAsync(() => AliasChain.FollowAsync(_lookup, "_acme-challenge.circle.example.test", default))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task NameServers_OfAZone_HaveThePortOfTheResolverThatIsOne()
    {
        var found = Assert.Single(await _lookup.FindNameServersAsync("example.test", default));
        Assert.Equal(("ns1.example.test", $"127.0.0.1:{server.Port}"), (found.Name, Assert.Single(found.EndPoints).ToString()));
    }

    [Fact]
    public async Task Resolver_NotThere_SaysWhichOne()
    {
        var nobody = new DnsLookup([new IPEndPoint(IPAddress.Loopback, ServerProcess.FreePort())]);
        var e = await FailsAsync(() => nobody.IsZoneAsync("example.test", default));
        Assert.Contains("SOA of example.test could not be looked up at 127.0.0.1:", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_acme-challenge.whole.example.test", "example.test")]
    [InlineData("_acme-challenge.alias.example.test", "delegated.test")]
    public async Task Publisher_OverRfc2136_AddsWaitsAndRemoves(string name, string zone)
    {
        var provider = Create("rfc2136", $"server=127.0.0.1:{server.Port}", $"key_name={TestKeys.Name("hmac-sha256")}", $"key={TestKeys.Secret("hmac-sha256")}");
        using var publisher = new DnsChallengePublisher(DnsProviderTable.Find("rfc2136")!, provider, new() { PropagationDelay = TimeSpan.Zero }, _lookup,
            new MemoryDnsJournal(), TimeProvider.System, NullLogger.Instance);

        var record = await publisher.AddAsync(name, "v", default);
        Assert.Equal(zone, record.Zone);
        var seen = Assert.Single(await publisher.WaitAsync(record, default));
        Assert.True(await publisher.RemoveAsync(name, "v"));
        Assert.Empty((await _lookup.ReadTextsAsync(seen, record.Name, default))!);
    }
}
