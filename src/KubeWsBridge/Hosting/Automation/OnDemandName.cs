using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>The life of a certificate that a client has asked for.</summary>
internal sealed class OnDemandName : ICertificateSink, IAsyncDisposable
{
    private readonly ICertificateSink _sink;
    private readonly ChallengeSolvers _solvers;
    private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _inVain;
    private Task _living = Task.CompletedTask;

    public OnDemandName(
        AutomationSettings settings, ICertificateStorage storage, ICertificateSink sink, TimeProvider timeProvider, ILogger logger, CertificateMetrics metrics)
    {
        _sink = sink;
        _solvers = new ChallengeSolvers(settings, storage, timeProvider, logger);
        Life = ManagedLife.Of(settings, storage, _solvers, this, timeProvider, logger, metrics);
    }

    /// <summary>Its life.</summary>
    public CertificateLife Life { get; }

    /// <summary>Waits until it is shown for the first time. Once a client has waited in vain, no other does: orders fail for hours, not for seconds.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_inVain)
            return;
        try
        {
            await _served.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _inVain = true;
            throw;
        }
    }

    /// <summary>Shows what is stored; false when there is nothing that could be.</summary>
    public async Task<bool> TryServeStoredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Life.ServeStoredAsync(cancellationToken);
        }
        catch (Exception unserved) when (unserved is StorageException or TlsStartException)
        {
            // Its life meets the same, and says so.
        }

        return Life.Served is not null;
    }

    /// <summary>Begins to look after it.</summary>
    public void Start(CancellationToken ending) => _living = Life.RunAsync(ending);

    /// <inheritdoc/>
    public async Task ServeAsync(ManagedCertificate managed, StoredCertificate certificate)
    {
        await _sink.ServeAsync(managed, certificate);
        _served.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _living;
        _solvers.Dispose();
    }
}
