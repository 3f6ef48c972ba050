namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>A provider whose records each have an id and one value.</summary>
internal abstract class RecordProvider : IDnsProvider
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>The TXT records of a name, ids and values; of other names too where the provider cannot choose, but never of other types.</summary>
    protected abstract IAsyncEnumerable<ProviderRecord> ListAsync(TxtRecord record, CancellationToken cancellationToken);

    /// <summary>Makes a record.</summary>
    protected abstract Task CreateAsync(TxtRecord record, CancellationToken cancellationToken);

    /// <summary>Removes a record; it may be gone already.</summary>
    protected abstract Task DeleteAsync(TxtRecord record, string id, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public async Task AddAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        // Once more after an answer that got lost must not make a second one.
        if ((await FindAsync(record, cancellationToken)).Count == 0)
            await CreateAsync(record, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        foreach (var found in await FindAsync(record, cancellationToken))
            await DeleteAsync(record, found.Id, cancellationToken);
    }

    // All of them before the first is deleted, which would shift the pages of those to come.
    private async Task<List<ProviderRecord>> FindAsync(TxtRecord record, CancellationToken cancellationToken)
    {
        var found = new List<ProviderRecord>();
        await foreach (var candidate in ListAsync(record, cancellationToken))
            if (IsName(candidate.Name, record) && TxtText.Unquote(candidate.Value) == record.Value)
                found.Add(candidate);
        return found;
    }

    // Some show the whole name, others the name within the zone, and call the zone's own name @.
    private static bool IsName(string name, TxtRecord record) =>
        DnsName.Normalize(name) is var text && (text == record.Name || text == record.Host || (text == "@" && record.Host.Length == 0));
}
