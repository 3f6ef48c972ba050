using System.Collections.Concurrent;
using KubeWsBridge.Certificates.Acme;
using KubeWsBridge.Certificates.Acme.Resources;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Certificates.Storage;
using KubeWsBridge.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting.Automation;

/// <summary>
/// Obtains certificates for names that clients ask for: one flight for a name, however many clients wait for it; only names that are allowed; and
/// so many new ones in ten minutes, whatever is allowed. A certificate that was obtained is looked after like any other.
/// </summary>
internal sealed class OnDemandCertificates : IAsyncDisposable
{
    /// <summary>Most names in ten minutes that an order may be placed for; authorities have limits of their own, which count for everybody.</summary>
    private const int MostOrders = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>How long it is remembered that a name is not allowed, and of how many names.</summary>
    private static readonly TimeSpan RefusalLasts = TimeSpan.FromMinutes(1);
    private const int MostRefusals = 10_000;

    private readonly AutomationSettings _settings;
    private readonly ICertificateStorage _storage;
    private readonly ICertificateSink _sink;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CertificateMetrics _metrics;
    private readonly OnDemandPermission _permission;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<OnDemandName?>>> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _refused = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _orders = new();

    public OnDemandCertificates(
        AutomationSettings settings, ICertificateStorage storage, ICertificateSink sink, TimeProvider timeProvider, ILogger logger, CertificateMetrics metrics)
    {
        (_settings, _storage, _sink, _timeProvider, _logger, _metrics) = (settings, storage, sink, timeProvider, logger, metrics);
        _permission = new OnDemandPermission(settings.OnDemand!);
    }

    /// <summary>Returns when a certificate for the name is shown, or it is known that there is to be none; gives up waiting, but not obtaining, when told to.</summary>
    public async ValueTask ObtainAsync(string serverName, CancellationToken cancellationToken)
    {
        var name = serverName.TrimEnd('.').ToLowerInvariant();
        if (_refused.TryGetValue(name, out var until) && until > _timeProvider.GetUtcNow())
            return;
        try
        {
            var beginning = _names.GetOrAdd(name, _ => new(() => BeginAsync(name))).Value;
            if (await beginning.WaitAsync(cancellationToken) is { } begun)
                await begun.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The handshake's time is over, or the program ends; who comes later may find the certificate.
        }
    }

    /// <summary>Has all of them look at once.</summary>
    public void LookNow()
    {
        foreach (var begun in Begun)
            begun.Life.LookNow();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var begun in Begun)
            await begun.DisposeAsync();
        _permission.Dispose();
        _ending.Dispose();
    }

    private IEnumerable<OnDemandName> Begun => _names.Values
        .Where(name => name is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).Select(name => name.Value.Result).OfType<OnDemandName>();

    private async Task<OnDemandName?> BeginAsync(string name)
    {
        try
        {
            return await TryBeginAsync(name);
        }
        catch
        {
            Refuse(name); // for now: whatever it was, it must not be for ever
            throw;
        }
    }

    private async Task<OnDemandName?> TryBeginAsync(string name)
    {
        if (await AllowAsync(name) is not { } identifier)
        {
            Refuse(name);
            return null;
        }

        var begun = new OnDemandName(_settings with { Certificate = _settings.Certificate with { Names = [identifier], OrderAtStart = false } },
            _storage, _sink, _timeProvider, _logger, _metrics);
        // One that is stored costs the authority nothing.
        if (!await begun.TryServeStoredAsync(_ending.Token) && !MayOrder())
        {
            AutomationLog.TooManyOnDemand(_logger, name, MostOrders);
            await begun.DisposeAsync();
            Refuse(name);
            return null;
        }

        AutomationLog.OnDemand(_logger, name);
        begun.Start(_ending.Token);
        return begun;
    }

    private async Task<Identifier?> AllowAsync(string name)
    {
        try
        {
            var identifier = Identifier.Parse(name);
            return identifier.Type == "dns" && !name.Contains('*', StringComparison.Ordinal) && name.Contains('.', StringComparison.Ordinal)
                && await _permission.AllowsAsync(identifier.Value, _ending.Token) ? identifier : null;
        }
        catch (AcmeException)
        {
            return null; // no name
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or OperationCanceledException)
        {
            AutomationLog.NobodyToAsk(_logger, name, unanswered.Message);
            return null;
        }
    }

    private void Refuse(string name)
    {
        // Names come from strangers: what is remembered of them must not grow without end.
        if (_refused.Count >= MostRefusals)
            _refused.Clear();
        _refused[name] = _timeProvider.GetUtcNow() + RefusalLasts;
        _names.TryRemove(name, out _);
    }

    private bool MayOrder()
    {
        lock (_orders)
        {
            var now = _timeProvider.GetUtcNow();
            while (_orders.TryPeek(out var oldest) && oldest <= now - Window)
                _orders.Dequeue();
            if (_orders.Count >= MostOrders)
                return false;
            _orders.Enqueue(now);
            return true;
        }
    }
}
