using KubeWsBridge.Certificates.Dns;
using Microsoft.Extensions.Logging.Abstractions;
using static KubeWsBridge.Certificates.Tests.Dns.ProviderUnderTest;

namespace KubeWsBridge.Certificates.Tests.Dns;

public sealed class DnsChallengePublisherTests : IDisposable
{
    private const string Name = "_acme-challenge.www.example.test";

    private readonly string _folder = Directory.CreateTempSubdirectory("kwb-journal-").FullName;
    private readonly FakeLookup _lookup = new();
    private readonly FakeProvider _provider = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Add_PlainName_GoesToTheNearestZoneWithTheProvidersLeastTtl()
    {
        var record = await Publisher().AddAsync("_Acme-Challenge.WWW.example.test.", "v", default);
        Assert.Equal(new TxtRecord { Zone = "example.test", Name = Name, Value = "v", Ttl = TimeSpan.FromSeconds(90) }, record);
        Assert.Equal("_acme-challenge.www", record.Host);
        Assert.Equal([record], _provider.Records);
    }

    [Fact]
    public async Task Add_DeeperZone_GoesThere()
    {
        _lookup.Zones.Add("www.example.test");
        Assert.Equal("www.example.test", (await Publisher().AddAsync(Name, "v", default)).Zone);
    }

    [Fact]
    public async Task Add_Alias_GoesToItsEnd()
    {
        _lookup.Zones.Add("delegated.test");
        _lookup.Aliases[Name] = "a.delegated.test";
        _lookup.Aliases["a.delegated.test"] = "b.delegated.test";
        var record = await Publisher().AddAsync(Name, "v", default);
        Assert.Equal(("b.delegated.test", "delegated.test"), (record.Name, record.Zone));
        Assert.True(await Publisher().RemoveAsync(Name, "v"));
    }

    [Fact]
    public async Task Add_AliasesInACircle_SaysWhichOnes()
    {
        _lookup.Aliases[Name] = "a.test";
        _lookup.Aliases["a.test"] = Name;
        var e = await FailsAsync(() => Publisher().AddAsync(Name, "v", default));
        Assert.Contains($"{Name} -> a.test -> {Name}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_OverrideDomain_GoesThereWhateverAliasesSay()
    {
        _lookup.Zones.Add("delegated.test");
        _lookup.Aliases["here.delegated.test"] = "elsewhere.test";
        var record = await Publisher(new() { OverrideDomain = "here.Delegated.test." }).AddAsync(Name, "v", default);
        Assert.Equal(("here.delegated.test", "delegated.test"), (record.Name, record.Zone));
    }

    [Fact]
    public async Task Add_NoZone_SaysSo()
    {
        _lookup.Zones.Clear();
        var e = await FailsAsync(() => Publisher().AddAsync(Name, "v", default));
        Assert.Contains($"No zone was found for {Name}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_TwoAtOnce_TakeTurns()
    {
        var release = new TaskCompletionSource();
        _provider.OnAdd = _ => release.Task;
        using var publisher = Publisher();
        var both = Task.WhenAll(publisher.AddAsync(Name, "1", default), publisher.AddAsync(Name, "2", default));
        release.SetResult();
        await both;
        Assert.Equal((1, 2), (_provider.MostInside, _provider.Records.Count));
    }

    [Fact]
    public async Task Crash_BetweenAddAndRemove_LeavesNothingBehindAfterTheNextStart()
    {
        await Publisher().AddAsync(Name, "1", default);
        await Publisher().AddAsync(Name, "2", default);
        // The program is killed: a new one finds the journal.
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.Equal(0, await Publisher().RemoveLeftoversAsync(default));
        Assert.Empty(_provider.Records);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Crash_ThenTheSameChallengeIsCleanedUp_RemovesTheRecord()
    {
        await Publisher().AddAsync(Name, "1", default);
        await Publisher().AddAsync(Name, "2", default);
        Assert.True(await Publisher().RemoveAsync(Name, "1"));
        Assert.Equal("2", Assert.Single(_provider.Records).Value);
    }

    [Fact]
    public async Task Wait_ByNameAndValue_AsksTheRecordsZone()
    {
        using var publisher = Publisher(new() { PropagationDelay = TimeSpan.Zero });
        _lookup.Texts = _ => ["v"];
        await publisher.AddAsync(Name + ".", "v", default);
        Assert.Single(await publisher.WaitAsync(Name, "v", default));
    }

    [Fact]
    public async Task Crash_WithinAdd_IsCleanedUpToo()
    {
        _provider.OnAdd = _ => throw new DnsException("the answer was lost");
        await FailsAsync(() => Publisher().AddAsync(Name, "1", default));
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(0, await Publisher().RemoveLeftoversAsync(default));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Leftovers_OfThisRun_AreNotTouched()
    {
        using var publisher = Publisher();
        await publisher.AddAsync(Name, "1", default);
        Assert.Equal(0, await publisher.RemoveLeftoversAsync(default));
        Assert.Single(_provider.Records);
    }

    [Fact]
    public async Task Leftovers_OfAnotherProvider_AreKeptAndCounted()
    {
        await new FileDnsJournal(_folder).RememberAsync(new DnsJournalEntry("another", Record("v")), default);
        Assert.Equal(1, await Publisher().RemoveLeftoversAsync(default));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Remove_Refused_StaysInTheJournalForNextTime()
    {
        using var publisher = Publisher();
        await publisher.AddAsync(Name, "1", default);
        _provider.OnRemove = _ => throw new DnsException("not today");
        Assert.False(await publisher.RemoveAsync(Name, "1"));
        _provider.OnRemove = _ => Task.CompletedTask;
        Assert.Equal(0, await publisher.RemoveLeftoversAsync(default));
        Assert.Empty(_provider.Records);
    }

    [Fact]
    public async Task Remove_ProviderHangs_EndsByItsOwnDeadline()
    {
        using var publisher = Publisher(new() { CleanupTimeout = TimeSpan.FromMilliseconds(20) });
        await publisher.AddAsync(Name, "1", default);
        _provider.OnRemove = cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken);
        Assert.False(await publisher.RemoveAsync(Name, "1"));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Remove_NeverAdded_IsNothing() => Assert.True(await Publisher().RemoveAsync(Name, "1"));

    [Fact]
    public async Task Journal_HalfWrittenOrForeignFile_IsPassedOver()
    {
        File.WriteAllText(Path.Combine(_folder, "half.json"), "{\"provider\": \"fa");
        File.WriteAllText(Path.Combine(_folder, "draft.json.tmp"), "");
        await Publisher().AddAsync(Name, "1", default);
        Assert.Single(await new FileDnsJournal(_folder).ReadAsync(default));
    }

    private DnsChallengePublisher Publisher(DnsChallengeOptions? options = null) => new(
        FakeProvider.Definition, _provider, options ?? new(), _lookup, new FileDnsJournal(_folder), TimeProvider.System, NullLogger.Instance);
}
