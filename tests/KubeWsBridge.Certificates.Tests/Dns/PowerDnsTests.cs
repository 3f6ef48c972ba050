using System.Net;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Tests.Dns.Servers;
using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

public sealed class PowerDnsTests(PowerDnsServer server) : IClassFixture<PowerDnsServer>
{
    private const string Foreign = "_acme-challenge.foreign.example.test";

    [Fact]
    public async Task TwoValues_AddedAndRemovedOneByOne_ComeAndGo()
    {
        var (first, second) = (Record("first"), Record("second"));
        await Provider().AddAsync(first, default);
        await Provider().AddAsync(second, default);
        await Provider().AddAsync(second, default);
        Assert.Equal(["first", "second"], await TextsAsync(first.Name));
        await Provider().RemoveAsync(first, default);
        Assert.Equal(["second"], await TextsAsync(first.Name));
        await Provider().RemoveAsync(second, default);
        await Provider().RemoveAsync(second, default);
        Assert.Empty(await TextsAsync(first.Name));
    }

    [Fact]
    public async Task ForeignValue_OfTheSameName_Stays()
    {
        await Provider().AddAsync(Record("ours", Foreign), default);
        Assert.Equal(["ours", "somebody's own"], await TextsAsync(Foreign));
        await Provider().RemoveAsync(Record("ours", Foreign), default);
        Assert.Equal(["somebody's own"], await TextsAsync(Foreign));
    }

    [Fact]
    public async Task ApiKey_Wrong_IsSaidAndNotShown()
    {
        var e = await FailsAsync(() => Provider("not-the-key").AddAsync(Record("x"), default));
        Assert.Contains("powerdns refused GET http://127.0.0.1:", e.Message, StringComparison.Ordinal);
        Assert.Contains("401", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-key", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zone_Unknown_IsSaidInItsOwnWords()
    {
        var e = await FailsAsync(() => Provider().AddAsync(Record("x", "_acme-challenge.elsewhere.test", "elsewhere.test"), default));
        Assert.Contains("404 NotFound: Not Found", e.Message, StringComparison.Ordinal);
    }

    private IDnsProvider Provider(string key = PowerDnsServer.ApiKey) =>
        Create("powerdns", $"server_url=http://127.0.0.1:{server.ApiPort}/", $"api_token={key}");

    private async Task<IReadOnlyList<string>> TextsAsync(string name)
    {
        var place = new NameServer("test", [new IPEndPoint(IPAddress.Loopback, server.Port)]);
        return [.. (await new DnsLookup([]).ReadTextsAsync(place, name, default))!.Order(StringComparer.Ordinal)];
    }
}
