using System.Security.Cryptography;
using System.Text;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Certificates.Storage;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Remembers DNS records in a storage that is no directory: one small bundle for each, so that nobody writes over what another remembers.</summary>
/// <param name="storage">The storage.</param>
/// <param name="parent">What the bundles are below.</param>
internal sealed class StoredDnsJournal(ICertificateStorage storage, string parent) : IDnsJournal
{
    private const string File = "record.json";

    /// <inheritdoc/>
    public Task RememberAsync(DnsJournalEntry entry, CancellationToken cancellationToken) =>
        storage.WriteAsync(BundleOf(entry), new Dictionary<string, string> { [File] = entry.ToText() }, cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(DnsJournalEntry entry, CancellationToken cancellationToken) => storage.DeleteAsync(BundleOf(entry), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DnsJournalEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new List<DnsJournalEntry>();
        foreach (var bundle in await storage.ListAsync(parent, cancellationToken))
        {
            // Another replica may have just cleaned it up; and what can't be read is no reason to leave the others where they are.
            var stored = await storage.ReadAsync(bundle, cancellationToken);
            if (stored?.Files.GetValueOrDefault(File) is { } text && DnsJournalEntry.FromText(text) is { } entry)
                entries.Add(entry);
        }
        return entries;
    }

    private string BundleOf(DnsJournalEntry entry) =>
        $"{parent}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Identity)).AsSpan(0, 16))}";
}
