namespace KubeWsBridge.Certificates.Dns.Providers;

/// <summary>All TXT values of one name.</summary>
/// <param name="Values">The values as the provider spells them; those of others are given back untouched.</param>
/// <param name="Ttl">Their time to live in seconds.</param>
/// <param name="Version">What tells this state from later ones; null where the provider has no such thing.</param>
internal sealed record Rrset(IReadOnlyList<string> Values, int Ttl, string? Version = null);
