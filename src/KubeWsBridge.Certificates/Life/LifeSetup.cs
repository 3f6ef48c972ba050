using KubeWsBridge.Certificates.Acme;

namespace KubeWsBridge.Certificates.Life;

/// <summary>What all lives of certificates in a process share.</summary>
public sealed record LifeSetup
{
    /// <summary>The name and version the authorities are told.</summary>
    public string UserAgent { get; init; } = "KubeWsBridge";

    /// <summary>How certificates are watched over.</summary>
    public LifeOptions Options { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gives numbers from 0 up to 1, by which waits vary.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>What sends requests to an authority; null for the network.</summary>
    public Func<Issuer, HttpMessageHandler?> CreateHandler { get; init; } = _ => null;

    internal AcmeClient CreateClient(Issuer issuer) => new(ClientOptions(issuer), Time, Random, CreateHandler(issuer));

    // Renewal information is only asked for now and then, and never worth a wait.
    internal AcmeClient CreateImpatientClient(Issuer issuer) => new(
        ClientOptions(issuer) with { RequestTimeout = TimeSpan.FromSeconds(10), Retries = new() { Attempts = 1 } }, Time, Random, CreateHandler(issuer));

    private AcmeClientOptions ClientOptions(Issuer issuer) =>
        new() { Directory = issuer.Directory, TrustedRoots = issuer.TrustedRoots, UserAgent = UserAgent };
}
