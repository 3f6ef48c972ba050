namespace KubeWsBridge.Certificates.Dns;

/// <summary>What a provider was told.</summary>
public sealed class DnsProviderParameters
{
    private readonly IReadOnlyDictionary<string, string> _values;

    private DnsProviderParameters(DnsProviderDefinition definition, IReadOnlyDictionary<string, string> values)
    {
        _values = values;
        Secrets = [.. definition.Parameters.Where(parameter => parameter.IsSecret && values.ContainsKey(parameter.Key))
            .Select(parameter => new ProviderSecret(values[parameter.Key]))];
    }

    /// <summary>Everything that must not be seen.</summary>
    internal IReadOnlyList<ProviderSecret> Secrets { get; }

    /// <summary>The parameters, or null and everything that is wrong with them.</summary>
    /// <param name="definition">Whose they are.</param>
    /// <param name="pairs"><c>key=value</c>, or <c>key_file=path</c> for a value that is in a file.</param>
    /// <param name="environment">Where values come from that no pair gives.</param>
    /// <param name="suggest">Finds the name that somebody meant to write.</param>
    /// <param name="flaws">What is wrong.</param>
    public static DnsProviderParameters? Read(
        DnsProviderDefinition definition,
        IEnumerable<string> pairs,
        IReadOnlyDictionary<string, string> environment,
        Func<string, IEnumerable<string>, string?> suggest,
        out IReadOnlyList<ParameterFlaw> flaws)
    {
        var reader = new ParameterReader(definition, suggest);
        foreach (var pair in pairs)
            reader.ReadPair(pair);
        reader.ReadEnvironment(environment);
        var parameters = new DnsProviderParameters(definition, reader.Finish());
        if (reader.Flaws.Count == 0 && definition.Check(parameters) is { } misfit)
            reader.Flaws.Add(misfit);
        flaws = reader.Flaws;
        return flaws.Count == 0 ? parameters : null;
    }

    /// <summary>The value of a parameter that is required or has a default.</summary>
    internal string Get(string key) => _values[key];

    /// <summary>The value of a parameter that may be missing.</summary>
    internal string? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>The value of a secret that may be missing.</summary>
    internal ProviderSecret? FindSecret(string key) => Find(key) is { } value ? new ProviderSecret(value) : null;

    /// <summary>The value of a secret that is required.</summary>
    internal ProviderSecret GetSecret(string key) => new(Get(key));
}
