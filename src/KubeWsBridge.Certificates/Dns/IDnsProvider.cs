namespace KubeWsBridge.Certificates.Dns;

/// <summary>
/// Appends and removes single TXT values. A wildcard and its apex share one name, so neither may touch values that are not its own;
/// both do nothing when what they are asked for is already so.
/// </summary>
public interface IDnsProvider
{
    /// <summary>The name it has in the configuration.</summary>
    string Name { get; }

    /// <summary>Adds one value beside those that are there.</summary>
    /// <exception cref="DnsException">The provider refused, or was not reached.</exception>
    Task AddAsync(TxtRecord record, CancellationToken cancellationToken);

    /// <summary>Removes one value and leaves all others.</summary>
    /// <exception cref="DnsException">The provider refused, or was not reached.</exception>
    Task RemoveAsync(TxtRecord record, CancellationToken cancellationToken);
}
