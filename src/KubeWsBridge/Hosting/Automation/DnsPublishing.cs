using System.Net;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>A publisher of DNS challenges with all it needs.</summary>
internal sealed class DnsPublishing : IDisposable
{
    private readonly HttpClient _http = DnsProviderContext.CreateHttpClient();

    private DnsPublishing(DnsSettings settings, IReadOnlyList<IPEndPoint> resolvers, IDnsJournal journal, TimeProvider timeProvider, ILogger logger)
    {
        Provider = settings.Provider.Create(settings.Parameters, new DnsProviderContext { Http = _http, Time = timeProvider });
        Publisher = new(settings.Provider, Provider, settings.Challenges, new DnsLookup(resolvers), journal, timeProvider, logger);
    }

    /// <summary>Who writes the records.</summary>
    public IDnsProvider Provider { get; }

    /// <summary>The publisher.</summary>
    public DnsChallengePublisher Publisher { get; }

    /// <summary>Looks up the resolvers and makes the publisher.</summary>
    /// <exception cref="DnsException">A resolver's name is not known.</exception>
    public static async Task<DnsPublishing> OpenAsync(
        DnsSettings settings, IDnsJournal journal, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken)
    {
        var resolvers = new List<IPEndPoint>();
        foreach (var resolver in settings.Resolvers)
            resolvers.AddRange(await ResolverAddress.FindAsync(resolver, cancellationToken));
        return new DnsPublishing(settings, resolvers, journal, timeProvider, logger);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Publisher.Dispose();
        _http.Dispose();
    }
}
