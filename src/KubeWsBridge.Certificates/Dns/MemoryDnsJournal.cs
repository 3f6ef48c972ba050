using System.Collections.Concurrent;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>Remembers for as long as the program runs.</summary>
public sealed class MemoryDnsJournal : IDnsJournal
{
    private readonly ConcurrentDictionary<DnsJournalEntry, byte> _entries = new();

    /// <inheritdoc/>
    public Task RememberAsync(DnsJournalEntry entry, CancellationToken cancellationToken)
    {
        _entries.TryAdd(entry, 0);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ForgetAsync(DnsJournalEntry entry, CancellationToken cancellationToken)
    {
        _entries.TryRemove(entry, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DnsJournalEntry>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DnsJournalEntry>>([.. _entries.Keys]);
}
