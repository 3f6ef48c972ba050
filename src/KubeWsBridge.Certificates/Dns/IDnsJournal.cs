namespace KubeWsBridge.Certificates.Dns;

/// <summary>Remembers records that are to be removed, also when the program is killed before it gets there.</summary>
public interface IDnsJournal
{
    /// <summary>Remembers a record; it is safe when this returns. Again for the same record changes nothing.</summary>
    Task RememberAsync(DnsJournalEntry entry, CancellationToken cancellationToken);

    /// <summary>Forgets a record; one that is not known is no error.</summary>
    Task ForgetAsync(DnsJournalEntry entry, CancellationToken cancellationToken);

    /// <summary>All that is remembered.</summary>
    Task<IReadOnlyList<DnsJournalEntry>> ReadAsync(CancellationToken cancellationToken);
}
