using System.Net;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Tests.Dns.Servers;

namespace KubeWsBridge.Certificates.Tests.Dns;

/// <summary>What every server that takes updates must do with ours.</summary>
public abstract class Rfc2136Tests(IUpdateServer server)
{
    private readonly DnsLookup _lookup = new([new IPEndPoint(IPAddress.Loopback, server.Port)]);

    [Theory]
    [MemberData(nameof(TestKeys.All), MemberType = typeof(TestKeys))]
    public async Task TwoValues_AddedAndRemovedOneByOne_ComeAndGo(string algorithm)
    {
        var provider = Provider(algorithm);
        var name = $"_acme-challenge.{algorithm}.example.test";
        var (apex, wildcard) = (Record("value-of-apex", name), Record("value-of-wildcard", name));

        await provider.AddAsync(apex, default);
        await provider.AddAsync(wildcard, default);
        Assert.Equal(["value-of-apex", "value-of-wildcard"], await TextsAsync(name));

        await provider.AddAsync(apex, default);
        Assert.Equal(["value-of-apex", "value-of-wildcard"], await TextsAsync(name));

        await provider.RemoveAsync(apex, default);
        Assert.Equal(["value-of-wildcard"], await TextsAsync(name));

        await provider.RemoveAsync(wildcard, default);
        await provider.RemoveAsync(wildcard, default);
        Assert.Empty(await TextsAsync(name));
    }

    [Fact]
    public async Task ForeignValue_OfTheSameName_Stays()
    {
        const string name = "_acme-challenge.foreign.example.test";
        await Provider().AddAsync(Record("ours", name), default);
        Assert.Equal(2, (await TextsAsync(name)).Count);
        await Provider().RemoveAsync(Record("ours", name), default);
        Assert.Equal(["somebody's own; with \"quotes\""], await TextsAsync(name));
    }

    [Fact]
    public async Task Value_LongerThanOneString_IsOneValue()
    {
        var (name, value) = ("_acme-challenge.long.example.test", new string('x', 600));
        await Provider().AddAsync(Record(value, name), default);
        Assert.Equal([value], await TextsAsync(name));
        await Provider().RemoveAsync(Record(value, name), default);
        Assert.Empty(await TextsAsync(name));
    }

    [Fact]
    public async Task Secret_Wrong_IsSaidAndNotShown()
    {
        var wrong = Convert.ToBase64String(new byte[48]);
        var e = await FailsAsync(Provider(secret: wrong), Record("x"));
        Assert.Contains("the secret of the key Key-hmac-sha256 is not the one it has", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Unknown_IsSaid()
    {
        var e = await FailsAsync(Provider(keyName: "nobody"), Record("x"));
        Assert.Contains("it does not know the key nobody with hmac-sha256, or", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Clock_AnHourWrong_IsSaidWithBothTimes(int hours)
    {
        var time = new ShiftedTime(TimeSpan.FromHours(hours));
        var e = await FailsAsync(Provider(time: time), Record("x"));
        Assert.Matches($@"the clocks differ: there it is {DateTime.UtcNow:yyyy-MM}.*Z, here {time.GetUtcNow():yyyy-MM}.*Z\. Set this machine's clock", e.Message);
    }

    [Fact]
    public async Task Zone_NotTheServers_IsSaid()
    {
        var e = await FailsAsync(Provider(), Record("x", "_acme-challenge.elsewhere.test", "elsewhere.test"));
        Assert.Contains("it is not the authority for the zone elsewhere.test (NOTAUTH)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zone_KeyMayNotChange_IsSaid()
    {
        var e = await FailsAsync(Provider(), Record("x", "_acme-challenge.other.test", "other.test"));
        Assert.Contains(NotAllowed, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_None_IsSaid()
    {
        var provider = ProviderUnderTest.Create("rfc2136", $"server=127.0.0.1:{server.Port}");
        var e = await FailsAsync(provider, Record("x"));
        Assert.StartsWith($"127.0.0.1:{server.Port} refused the update of _acme-challenge.www.example.test: {NotSigned}", e.Message, StringComparison.Ordinal);
    }

    /// <summary>How a server says that a key may not do something.</summary>
    protected virtual string NotAllowed => "it does not allow it (REFUSED). Let the key Key-hmac-sha256 change TXT records";

    /// <summary>How a server says that it wants signatures.</summary>
    protected virtual string NotSigned => "it does not allow it (REFUSED). It probably wants a signature: set key_name and key.";

    private static TxtRecord Record(string value, string name = "_acme-challenge.www.example.test", string zone = "example.test") =>
        ProviderUnderTest.Record(value, name, zone);

    private static Task<DnsException> FailsAsync(IDnsProvider provider, TxtRecord record) =>
        ProviderUnderTest.FailsAsync(() => provider.AddAsync(record, default));

    private IDnsProvider Provider(string algorithm = "hmac-sha256", string? keyName = null, string? secret = null, TimeProvider? time = null) =>
        ProviderUnderTest.Create("rfc2136", null, time,
            $"server=127.0.0.1:{server.Port}", $"key_name={keyName ?? TestKeys.Name(algorithm)}", $"key_alg={algorithm}", $"key={secret ?? TestKeys.Secret(algorithm)}");

    private async Task<IReadOnlyList<string>> TextsAsync(string name)
    {
        var place = new NameServer("test", [new IPEndPoint(IPAddress.Loopback, server.Port)]);
        var texts = await _lookup.ReadTextsAsync(place, name, default);
        return [.. texts!.Order(StringComparer.Ordinal)];
    }
}
