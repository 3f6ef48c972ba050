namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>A provider that only knows all values of a name at once: what is there is read, changed by one value and written back.</summary>
internal abstract class RrsetProvider : IDnsProvider
{
    private const int Attempts = 5;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>The values there are; null when there are none.</summary>
    protected abstract Task<Rrset?> ReadAsync(TxtRecord record, CancellationToken cancellationToken);

    /// <summary>Puts values in place of others; false when somebody else changed them since they were read.</summary>
    /// <param name="record">What name it is about.</param>
    /// <param name="before">What was read; null when there was nothing.</param>
    /// <param name="after">What shall be; null when nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected abstract Task<bool> WriteAsync(TxtRecord record, Rrset? before, Rrset? after, CancellationToken cancellationToken);

    /// <summary>The value as the provider spells it.</summary>
    protected virtual string Spell(string value) => TxtText.Quote(value);

    /// <inheritdoc/>
    public Task AddAsync(TxtRecord record, CancellationToken cancellationToken) => ChangeAsync(record, before => before switch
    {
        null => new Rrset([Spell(record.Value)], record.TtlSeconds),
        _ when before.Values.Any(value => IsSame(value, record)) => before,
        _ => before with { Values = [.. before.Values, Spell(record.Value)] },
    }, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken) => ChangeAsync(record, before => before switch
    {
        null => null,
        _ when !before.Values.Any(value => IsSame(value, record)) => before,
        _ when before.Values.All(value => IsSame(value, record)) => null,
        _ => before with { Values = [.. before.Values.Where(value => !IsSame(value, record))] },
    }, cancellationToken);

    private async Task ChangeAsync(TxtRecord record, Func<Rrset?, Rrset?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = await ReadAsync(record, cancellationToken);
            var after = change(before);
            if (ReferenceEquals(before, after) || await WriteAsync(record, before, after, cancellationToken))
                return;
        }
        throw new DnsException($"{Name}: the TXT records of {record.Name} were changed by somebody else each of {Attempts} times they were to be changed. "
            + "Find out who else writes them.");
    }

    private static bool IsSame(string spelled, TxtRecord record) => TxtText.Unquote(spelled) == record.Value;
}
