namespace KubeWsBridge.Certificates.Dns;

/// <summary>The questions this room asks of DNS; names are written as <see cref="TxtRecord"/> writes them.</summary>
public interface IDnsLookup
{
    /// <summary>Whether a zone starts at this name.</summary>
    /// <exception cref="DnsException">No resolver answered.</exception>
    Task<bool> IsZoneAsync(string name, CancellationToken cancellationToken);

    /// <summary>The name this one is an alias of; null when it is none.</summary>
    /// <exception cref="DnsException">No resolver answered.</exception>
    Task<string?> FindAliasAsync(string name, CancellationToken cancellationToken);

    /// <summary>The servers that answer for a zone.</summary>
    /// <exception cref="DnsException">No resolver answered, or the zone names no server that has an address.</exception>
    Task<IReadOnlyList<NameServer>> FindNameServersAsync(string zone, CancellationToken cancellationToken);

    /// <summary>The TXT values one server has; null when it does not answer.</summary>
    Task<IReadOnlyList<string>?> ReadTextsAsync(NameServer server, string name, CancellationToken cancellationToken);
}
