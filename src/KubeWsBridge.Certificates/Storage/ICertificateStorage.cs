namespace KubeWsBridge.Certificates.Storage;

/// <summary>Where accounts, orders and certificates are kept: small bundles of text files, each replaced whole or not at all.</summary>
/// <remarks>
/// A bundle's name has segments of letters, digits, '.', '-' and '_', with '/' between. Several processes may share a storage: readers see the
/// bundle before or after a change and nothing between, and locks say who may change what.
/// </remarks>
public interface ICertificateStorage
{
    /// <summary>The kind of storage, as configuration calls it.</summary>
    string Name { get; }

    /// <summary>Reads a bundle; null when there is none.</summary>
    /// <exception cref="StorageException">It is there, but can't be read.</exception>
    Task<StoredBundle?> ReadAsync(string bundle, CancellationToken cancellationToken);

    /// <summary>What changes with every write of the bundle, cheap to ask for; null when there is no bundle.</summary>
    Task<string?> ReadVersionAsync(string bundle, CancellationToken cancellationToken);

    /// <summary>Replaces a bundle. When this returns, the new one outlives a crash; when it does not, the old one is still there.</summary>
    /// <param name="bundle">The bundle's name.</param>
    /// <param name="files">File names and texts.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task WriteAsync(string bundle, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken);

    /// <summary>Removes a bundle; harmless when there is none.</summary>
    Task DeleteAsync(string bundle, CancellationToken cancellationToken);

    /// <summary>Names of the bundles directly below a name.</summary>
    Task<IReadOnlyList<string>> ListAsync(string parent, CancellationToken cancellationToken);

    /// <summary>Takes a lock that one process among all has at a time, and that a dead process has no more; null when another has it.</summary>
    Task<IStorageLock?> TryLockAsync(string name, CancellationToken cancellationToken);
}
