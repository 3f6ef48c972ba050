namespace KubeWsBridge.Certificates.Dns;

/// <summary>Finds the zone a name is in: the nearest name, itself included, that has an SOA record.</summary>
internal static class ZoneFinder
{
    /// <summary>The zone.</summary>
    /// <exception cref="DnsException">There is none.</exception>
    public static async Task<string> FindAsync(IDnsLookup lookup, string name, CancellationToken cancellationToken)
    {
        foreach (var candidate in DnsName.WithParents(name))
            if (await lookup.IsZoneAsync(candidate, cancellationToken))
                return candidate;
        throw new DnsException($"No zone was found for {name}: neither it nor any name above it has an SOA record. "
            + "Check the name; if the zone is only known inside your network, name its server with --tls-resolvers.");
    }
}
