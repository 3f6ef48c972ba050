using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Dns;

/// <summary>
/// Publishes values of DNS-01 challenges: finds where they belong, writes them through a provider, waits until they are seen, and takes
/// them back. Every <see cref="AddAsync"/> is to be followed by a <see cref="RemoveAsync(string, string)"/>, whatever came of it.
/// </summary>
public sealed class DnsChallengePublisher(
    DnsProviderDefinition definition,
    IDnsProvider provider,
    DnsChallengeOptions options,
    IDnsLookup lookup,
    IDnsJournal journal,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, string Value), TxtRecord> _published = new();

    // Many providers replace all values of a name at once: two changes side by side would lose one of them.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Publishes a value; it need not be seen yet when this returns.</summary>
    /// <param name="name">The whole name, <c>_acme-challenge.example.com</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The record as it was written: elsewhere, if the name is an alias or the domain is overridden.</returns>
    /// <exception cref="DnsException">The zone was not found, or the provider refused.</exception>
    public async Task<TxtRecord> AddAsync(string name, string value, CancellationToken cancellationToken)
    {
        var record = await PlaceAsync(DnsName.Normalize(name), value, cancellationToken);
        // Remembered first: a record that is not there costs nothing to remove, one that is forgotten stays for ever.
        await journal.RememberAsync(new DnsJournalEntry(provider.Name, record), cancellationToken);
        _published[(DnsName.Normalize(name), value)] = record;
        await InTurnAsync(() => provider.AddAsync(record, cancellationToken), cancellationToken);
        DnsLog.Added(logger, record.Name, record.Zone, provider.Name);
        return record;
    }

    /// <summary>Waits until all name servers of its zone show a record.</summary>
    /// <returns>The servers that were seen to show it; none when <see cref="DnsChallengeOptions.PropagationTimeout"/> is 0.</returns>
    /// <exception cref="DnsException">It was not seen in time.</exception>
    public Task<IReadOnlyList<NameServer>> WaitAsync(TxtRecord record, CancellationToken cancellationToken) =>
        new PropagationCheck(lookup, options, time).WaitAsync(record, cancellationToken);

    /// <summary>Waits until all name servers of its zone show a value that <see cref="AddAsync"/> has published.</summary>
    /// <inheritdoc cref="WaitAsync(TxtRecord, CancellationToken)"/>
    public Task<IReadOnlyList<NameServer>> WaitAsync(string name, string value, CancellationToken cancellationToken) =>
        _published.TryGetValue((DnsName.Normalize(name), value), out var record)
            ? WaitAsync(record, cancellationToken)
            : throw new InvalidOperationException($"Nothing was published at {name} that could be waited for.");

    /// <summary>
    /// Removes a value, within <see cref="DnsChallengeOptions.CleanupTimeout"/> of its own. It never throws: what cannot be removed now is
    /// logged, and stays in the journal for <see cref="RemoveLeftoversAsync"/>.
    /// </summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> RemoveAsync(string name, string value)
    {
        if (_published.TryRemove((DnsName.Normalize(name), value), out var record))
            return await RemoveAsync(record);
        // An earlier run may have added it. Values are hashes of tokens: no two challenges share one.
        var entries = await journal.ReadAsync(CancellationToken.None);
        return entries.FirstOrDefault(entry => entry.Provider == provider.Name && entry.Record.Value == value) is not { } entry
            || await RemoveAsync(entry.Record);
    }

    /// <summary>
    /// Removes what an earlier run left behind. Only who may place orders should call it, because a record of another replica's running order
    /// is in a shared journal too.
    /// </summary>
    /// <returns>How many records are still there.</returns>
    public async Task<int> RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        var left = 0;
        foreach (var entry in await journal.ReadAsync(cancellationToken))
        {
            if (entry.Provider == provider.Name && (_published.Values.Contains(entry.Record) || await RemoveAsync(entry.Record)))
                continue;
            if (entry.Provider != provider.Name)
                DnsLog.LeftByAnother(logger, entry.Record.Name, entry.Record.Zone, entry.Provider, provider.Name);
            left++;
        }
        return left;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<TxtRecord> PlaceAsync(string name, string value, CancellationToken cancellationToken)
    {
        var target = options.OverrideDomain is { } domain ? DnsName.Normalize(domain) : await AliasChain.FollowAsync(lookup, name, cancellationToken);
        return new TxtRecord
        {
            Zone = await ZoneFinder.FindAsync(lookup, target, cancellationToken),
            Name = target,
            Value = value,
            Ttl = options.Ttl < definition.MinimumTtl ? definition.MinimumTtl : options.Ttl,
        };
    }

    private async Task<bool> RemoveAsync(TxtRecord record)
    {
        using var deadline = new CancellationTokenSource(options.CleanupTimeout, time);
        try
        {
            await InTurnAsync(() => provider.RemoveAsync(record, deadline.Token), deadline.Token);
            await journal.ForgetAsync(new DnsJournalEntry(provider.Name, record), deadline.Token);
            DnsLog.Removed(logger, record.Name, record.Zone, provider.Name);
            return true;
        }
        catch (Exception e) when (e is DnsException or IOException or UnauthorizedAccessException)
        {
            DnsLog.NotRemoved(logger, record.Name, record.Zone, provider.Name, e.Message);
        }
        catch (OperationCanceledException)
        {
            DnsLog.NotRemoved(logger, record.Name, record.Zone, provider.Name, $"it took longer than {options.CleanupTimeout.TotalSeconds:0.#} s");
        }
        return false;
    }

    private async Task InTurnAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await change();
        }
        finally
        {
            _turn.Release();
        }
    }
}
