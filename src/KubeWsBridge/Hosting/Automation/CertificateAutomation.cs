using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Certificates.Tls;
using KubeWsBridge.Configuration;
using KubeWsBridge.Hosting.Management.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>
/// <c>--tls-mode automate</c>: has TLS show what is stored at once, obtains and renews it while the bridge serves, and answers authorities. Whatever
/// fails here is logged, and ends nothing.
/// </summary>
internal sealed class CertificateAutomation : IAsyncDisposable
{
    private readonly AutomationSettings _settings;
    private readonly ILogger _logger;
    private readonly CertificateMetrics _metrics = new();
    private readonly ICertificateStorage _storage;
    private readonly ChallengeSolvers _solvers;
    private readonly Http01Responder _http01;
    private readonly CertificateShelf _shelf;
    private readonly CertificateLife _life;
    private readonly OnDemandCertificates? _onDemand;
    private readonly CancellationTokenSource _ending = new();
    private Task _living = Task.CompletedTask;
    private CancellationToken _hurried;

    private CertificateAutomation(AutomationSettings settings, TlsServer tls, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        (_settings, _logger) = (settings, loggers.CreateLogger("KubeWsBridge.Certificates"));
        _storage = StateStorage.Open(settings.Storage, timeProvider);
        _solvers = new ChallengeSolvers(settings, _storage, timeProvider, _logger);
        _http01 = new Http01Responder(_solvers.Answers);
        _shelf = new CertificateShelf(tls, settings.Certificate);
        _life = ManagedLife.Of(settings, _storage, _solvers, _shelf, timeProvider, _logger, _metrics);
        if (settings.OnDemand is not null)
        {
            _onDemand = new OnDemandCertificates(settings, _storage, _shelf, timeProvider, _logger, _metrics);
            tls.Missing = _onDemand.ObtainAsync;
        }

        if (settings.Challenges.Contains(ChallengeTypes.TlsAlpn01))
            tls.Challenges = new TlsAlpn01Responder(_solvers.Answers, timeProvider).FindAsync;
        Health = new CertificateCheck(_life, timeProvider, settings.IsNeededForReadiness);
    }

    /// <summary>Tells probes of the certificate.</summary>
    public CertificateCheck Health { get; }

    /// <summary>Makes it ready, where it is configured.</summary>
    public static CertificateAutomation? Open(ProgramOptions program, TlsServer? tls, TimeProvider timeProvider, ILoggerFactory loggers) =>
        program.Automation is { } settings && tls is not null ? new CertificateAutomation(settings, tls, timeProvider, loggers) : null;

    /// <summary>Shows what is stored.</summary>
    public async Task ServeStoredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _life.ServeStoredAsync(cancellationToken);
            if (_life.Served is null)
                AutomationLog.SelfSigned(_logger, string.Join(", ", _settings.Certificate.Names), $"{_settings.Storage}");
        }
        catch (Exception unserved) when (unserved is StorageException or TlsStartException)
        {
            AutomationLog.NotServed(_logger, $"{_settings.Storage}", unserved.Message);
        }
    }

    /// <summary>Begins to look after the certificate.</summary>
    /// <param name="ending">Gives an order under way up: its challenges are taken away, and the next start goes on with it.</param>
    /// <param name="hurried">Leaves even its challenges to the next start.</param>
    public void Start(CancellationToken ending, CancellationToken hurried)
    {
        _hurried = hurried;
        var either = CancellationTokenSource.CreateLinkedTokenSource(ending, _ending.Token);
        _living = LiveAsync();

        async Task LiveAsync()
        {
            using (either)
                await _life.RunAsync(either.Token);
        }
    }

    /// <summary>Looks at the storage, and whether there is something to do, at once.</summary>
    public void LookNow()
    {
        _life.LookNow();
        _onDemand?.LookNow();
    }

    /// <summary>Answers a request that is an authority's look at an HTTP-01 challenge, whichever replica it was ordered by.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Path.Value is not { } path
            || await _http01.FindAsync(path, context.RequestAborted) is not { } answer)
            return false;
        context.Response.ContentType = "application/octet-stream"; // RFC 8555 section 8.3
        await context.Response.WriteAsync(answer, context.RequestAborted);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        try
        {
            await Task.WhenAll(_living, _onDemand?.DisposeAsync().AsTask() ?? Task.CompletedTask).WaitAsync(_hurried);
        }
        catch (OperationCanceledException)
        {
            AutomationLog.LeftUnderWay(_logger);
        }

        _solvers.Dispose();
        (_storage as IDisposable)?.Dispose();
        _shelf.Dispose();
        _metrics.Dispose();
        _ending.Dispose();
    }
}
