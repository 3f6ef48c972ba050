namespace KubeWsBridge.Certificates.Dns;

/// <summary>One thing a provider can be told.</summary>
public sealed record DnsProviderParameter
{
    /// <summary>Its name in <c>--tls-dns-param key=value</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What it is, in one sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>Whether it must not be seen.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the provider cannot do without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What it is when nobody says; null when nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Other names it is known by: keys that mean the same, and variables that are read when no key is given.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Says what is wrong with a value, to follow "key", or gives null.</summary>
    internal Func<string, string?>? Examine { get; init; }
}
