using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Hosting.Automation;
using KubeWsBridge.Tests.Configuration;

namespace KubeWsBridge.Tests.Hosting.Automation;

public sealed class StoredDnsJournalTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly DirectoryStorage _storage;
    private readonly StoredDnsJournal _journal;

    public StoredDnsJournalTests()
    {
        _storage = new(_sandbox.Folder);
        _journal = new(_storage, "dns/one");
    }

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Remembered_IsReadByAnotherUntilForgotten()
    {
        await _journal.RememberAsync(Entry("a"), None);
        await _journal.RememberAsync(Entry("a"), None);
        await _journal.RememberAsync(Entry("b"), None);
        Assert.Equal(["a", "b"], await ReadAsync("dns/one"));
        Assert.Empty(await ReadAsync("dns/two"));

        await _journal.ForgetAsync(Entry("a"), None);
        await _journal.ForgetAsync(Entry("a"), None);
        Assert.Equal(["b"], await ReadAsync("dns/one"));
    }

    [Fact]
    public async Task SomethingElse_IsNotInTheWay()
    {
        await _storage.WriteAsync("dns/one/0", new Dictionary<string, string> { ["record.json"] = "{" }, None);
        await _storage.WriteAsync("dns/one/1", new Dictionary<string, string>(), None);
        await _journal.RememberAsync(Entry("a"), None);

        Assert.Equal(["a"], await ReadAsync("dns/one"));
    }

    private async Task<IEnumerable<string>> ReadAsync(string parent) =>
        (await new StoredDnsJournal(_storage, parent).ReadAsync(None)).Select(entry => entry.Record.Value).Order(StringComparer.Ordinal);

    private static DnsJournalEntry Entry(string value) => new(
        "exec", new TxtRecord { Zone = "example.com", Name = "_acme-challenge.example.com", Value = value, Ttl = TimeSpan.FromMinutes(1) });
}
