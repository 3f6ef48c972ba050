using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Dns;
using KubeWsBridge.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>Publishes an order's TXT values through a DNS provider.</summary>
internal sealed class DnsPublisher(DnsSettings settings, IDnsJournal journal, TimeProvider timeProvider, ILogger logger) : IDnsPublisher, IDisposable
{
    private DnsPublishing? _publishing;

    /// <inheritdoc/>
    public async Task AddAsync(string fqdn, string value, CancellationToken cancellationToken)
    {
        var publisher = (await OpenAsync(cancellationToken)).Publisher;
        // Whoever orders holds the certificate's lock, so what is in its journal and not ours was left by a process that is no more.
        await publisher.RemoveLeftoversAsync(cancellationToken);
        await publisher.AddAsync(fqdn, value, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task WaitAsync(string fqdn, string value, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).Publisher.WaitAsync(fqdn, value, cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveAsync(string fqdn, string value, CancellationToken cancellationToken)
    {
        // It has a deadline of its own, and goes on by it when nobody waits any more.
        var publisher = (await OpenAsync(cancellationToken)).Publisher;
        if (!await publisher.RemoveAsync(fqdn, value).WaitAsync(cancellationToken))
            throw new DnsException($"The TXT value at {fqdn} could not be removed, as is logged above. It is tried again by the next order.");
    }

    /// <inheritdoc/>
    public void Dispose() => _publishing?.Dispose();

    // Not at the start: the resolvers' names may not be known yet then.
    private async Task<DnsPublishing> OpenAsync(CancellationToken cancellationToken) =>
        _publishing ??= await DnsPublishing.OpenAsync(settings, journal, timeProvider, logger, cancellationToken);
}
