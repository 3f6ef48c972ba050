using KubeWsBridge.Certificates.Dns;
using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

public sealed class PropagationCheckTests
{
    private readonly FakeLookup _lookup = new();
    private readonly HastyTime _time = new();

    public PropagationCheckTests() => _lookup.Servers.Add(FakeLookup.Server("ns2.example.test"));

    [Fact]
    public async Task Record_SeenOnAll_EndsAfterTheDelay()
    {
        _lookup.Texts = _ => ["foreign", "v"];
        Assert.Equal(2, (await WaitAsync()).Count);
        Assert.Equal([TimeSpan.FromSeconds(10)], _time.Waits);
    }

    [Fact]
    public async Task Record_LateOnOneServer_IsWaitedFor()
    {
        var looks = 0;
        _lookup.Texts = server => server.StartsWith("ns2", StringComparison.Ordinal) && ++looks < 4 ? [] : ["v"];
        Assert.Equal(2, (await WaitAsync()).Count);
        Assert.Equal(4, looks);
    }

    [Fact]
    public async Task Record_MissingOnOneServer_FailsInTimeAndNamesIt()
    {
        _lookup.Texts = server => server.StartsWith("ns2", StringComparison.Ordinal) ? ["other"] : ["v"];
        var e = await FailsAsync(WaitAsync);
        Assert.Contains("within 120 s: ns2.example.test (127.0.0.1:53) does not have it.", e.Message, StringComparison.Ordinal);
        Assert.InRange(_time.GetUtcNow() - _time.Start, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(130));
    }

    [Fact]
    public async Task Server_Down_IsForgivenOnceTheTimeIsOver()
    {
        _lookup.Texts = server => server.StartsWith("ns2", StringComparison.Ordinal) ? null : ["v"];
        Assert.Equal("ns1.example.test", Assert.Single(await WaitAsync()).Name);
    }

    [Fact]
    public async Task Servers_AllDown_Fail()
    {
        _lookup.Texts = _ => null;
        Assert.Contains("ns1.example.test (127.0.0.1:53) does not answer", (await FailsAsync(WaitAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_Zero_OnlyWaitsTheDelay()
    {
        var check = new PropagationCheck(_lookup, new() { PropagationTimeout = TimeSpan.Zero, PropagationDelay = TimeSpan.FromSeconds(33) }, _time);
        Assert.Empty(await check.WaitAsync(Record("v"), default));
        Assert.Equal([TimeSpan.FromSeconds(33)], _time.Waits);
    }

    private Task<IReadOnlyList<NameServer>> WaitAsync() => new PropagationCheck(_lookup, new(), _time).WaitAsync(Record("v"), default);
}
