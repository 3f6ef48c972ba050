namespace KubeWsBridge.Certificates.Dns;

/// <summary>One row of the table of providers: everything known of a provider before it is made.</summary>
public sealed record DnsProviderDefinition
{
    /// <summary>Its name in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as its makers write it.</summary>
    public required string Title { get; init; }

    /// <summary>Where its interface is documented.</summary>
    public required string Documentation { get; init; }

    /// <summary>What it can be told.</summary>
    public required IReadOnlyList<DnsProviderParameter> Parameters { get; init; }

    /// <summary>The least time to live it takes; shorter ones are raised to it.</summary>
    public TimeSpan MinimumTtl { get; init; }

    /// <summary>What people should know besides: rights a token needs, limits.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Finds parameters that do not fit each other.</summary>
    internal Func<DnsProviderParameters, ParameterFlaw?> Check { get; init; } = static _ => null;

    /// <summary>Makes the provider of parameters without flaws.</summary>
    internal Func<DnsProviderParameters, DnsProviderContext, IDnsProvider> Make { get; init; } =
        static (_, _) => throw new NotSupportedException("A row of the table of providers must say how to make its provider.");

    /// <summary>Makes the provider of parameters that <see cref="DnsProviderParameters.Read"/> found sound.</summary>
    public IDnsProvider Create(DnsProviderParameters parameters, DnsProviderContext context) => Make(parameters, context);
}
