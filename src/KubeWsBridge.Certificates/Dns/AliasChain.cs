namespace KubeWsBridge.Certificates.Dns;

/// <summary>Follows CNAMEs: an authority reads the record at the end of the chain, so that is where it must be.</summary>
internal static class AliasChain
{
    private const int Longest = 10;

    /// <summary>
    /// The name at the end. Each link is asked for on its own, because a server without recursion does not follow an alias even into another
    /// of its own zones.
    /// </summary>
    /// <exception cref="DnsException">The chain runs in a circle or is longer than resolvers follow.</exception>
    public static async Task<string> FollowAsync(IDnsLookup lookup, string name, CancellationToken cancellationToken)
    {
        var chain = new List<string> { name };
        while (await lookup.FindAliasAsync(chain[^1], cancellationToken) is { } next)
        {
            if (chain.Contains(next) || chain.Count > Longest)
                throw new DnsException($"{name} is an alias without an end: {string.Join(" -> ", chain)} -> {next}. Correct these CNAME records.");
            chain.Add(next);
        }
        return chain[^1];
    }
}
