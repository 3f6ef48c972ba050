using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeWsBridge.Certificates.Files;
using KubeWsBridge.Certificates.Pairs;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Tls;

/// <summary>What the server shows in its handshakes, and how it changes while it runs.</summary>
public sealed class TlsServer : IAsyncDisposable
{
    /// <summary>How often files are looked at; changes are to be seen within 30 s.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TlsSettings _settings;
    private readonly ICertificateSource _source;
    private readonly CertificateServing _serving;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly PeriodicTimer _timer;
    private Task _watching = Task.CompletedTask;

    // Hashes of the files: of what is shown, of what has failed once, of what has failed for good.
    private string? _shown;
    private string? _suspect;
    private string? _refused;

    private TlsServer(TlsSettings settings, ICertificateSource source, TimeProvider timeProvider, ILogger logger)
    {
        (_settings, _source, _timeProvider, _logger) = (settings, source, timeProvider, logger);
        _serving = new CertificateServing(settings, logger);
        _timer = new PeriodicTimer(Period, timeProvider);
    }

    /// <summary>The certificates; whoever has better ones may swap them.</summary>
    public CertificateStore Store { get; private set; } = null!;

    /// <summary>Reads the certificates and tries them; handshakes can begin then.</summary>
    /// <exception cref="TlsStartException">They, or the settings, can't be used.</exception>
    public static Task<TlsServer> OpenAsync(TlsSettings settings, TimeProvider timeProvider, ILogger logger) =>
        OpenAsync(settings, Source(settings), timeProvider, logger);

    /// <inheritdoc cref="OpenAsync(TlsSettings, TimeProvider, ILogger)"/>
    internal static async Task<TlsServer> OpenAsync(TlsSettings settings, ICertificateSource source, TimeProvider timeProvider, ILogger logger)
    {
        if (settings.SecretsLog is { } log)
            BeginSecretsLog(log, logger);
        var server = new TlsServer(settings, source, timeProvider, logger);
        var shown = server.Hash();
        // What there is to warn of, the configuration's check has said.
        server.Store = new CertificateStore(await server.ServeAsync(source.Read(timeProvider.GetUtcNow()).Pairs));
        server._shown = shown;
        if (settings.SecretsLog is not null)
            SecretsLog.HideVariable();
        return server;
    }

    /// <summary>Gives the certificate to show to an authority that looks for a name by tls-alpn-01 (RFC 8737); null, or null from it, for none.</summary>
    public Func<string, CancellationToken, ValueTask<X509Certificate2?>>? Challenges { get; set; }

    /// <summary>Has a certificate for a name that there is none for shown, if it can, before it returns; null when nobody does such things.</summary>
    public Func<string, CancellationToken, ValueTask>? Missing { get; set; }

    /// <summary>Answers a client's hello.</summary>
    public ValueTask<SslServerAuthenticationOptions> ChooseAsync(TlsHandshakeCallbackContext context)
    {
        var (name, hello) = (context.ClientHelloInfo.ServerName, context.Connection.Features.Get<ClientHello>());
        if (Challenges is not null && hello is { IsChallenge: true })
            return ChooseChallengeAsync(name, hello, context.CancellationToken);
        return Missing is null || string.IsNullOrEmpty(name) || Store.Current.Covers(name)
            ? new(Store.Current.Find(name, hello).Options)
            : ChooseMissingAsync(name, hello, context.CancellationToken);
    }

    /// <summary>Begins to look at the files every <see cref="Period"/>.</summary>
    public void Watch() => _watching = WatchAsync();

    /// <summary>Reads everything again, now; what can't be used changes nothing.</summary>
    public async Task ReloadAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            var hash = Hash();
            if (hash == _shown && !_source.IsDue(_timeProvider.GetUtcNow()))
                TlsLog.Unchanged(_logger);
            else
                await TryAsync(hash, isSure: true);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Reads everything again if something has changed.</summary>
    internal async Task LookAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            var hash = Hash();
            if (hash != _refused && (hash != _shown || _source.IsDue(_timeProvider.GetUtcNow())))
                await TryAsync(hash, isSure: hash == _suspect);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Makes pairs ready, as this server serves its own, and shows them instead.</summary>
    /// <exception cref="TlsStartException">One of them can't be served; nothing has changed.</exception>
    public async Task ShowAsync(IReadOnlyList<CertificatePair> pairs)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            Store.Swap(await ServeAsync(pairs));
            (_source as IssuedSource)?.Keep(pairs);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching;
        _oneAtATime.Dispose();
    }

    private async ValueTask<SslServerAuthenticationOptions> ChooseMissingAsync(string name, ClientHello? hello, CancellationToken cancellationToken)
    {
        await Missing!(name, cancellationToken);
        return Store.Current.Find(name, hello).Options;
    }

    // For a name without a challenge the handshake fails for want of a common protocol, as the RFC asks.
    private async ValueTask<SslServerAuthenticationOptions> ChooseChallengeAsync(string name, ClientHello hello, CancellationToken cancellationToken) =>
        await Challenges!(name, cancellationToken) is { } certificate
            ? new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
                ApplicationProtocols = [new SslApplicationProtocol(ClientHello.ChallengeProtocol)],
            }
            : Store.Current.Find(name, hello).Options;

    private static ICertificateSource Source(TlsSettings settings) => settings.Mode switch
    {
        TlsMode.Internal => new InternalSource(settings),
        TlsMode.Automate => new IssuedSource(settings),
        _ => new ManualSource(settings.Pairs),
    };

    private static void BeginSecretsLog(string file, ILogger logger)
    {
        try
        {
            SecretsLog.Begin(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TlsStartException($"--tls-secrets-log {file} can't be written: {exception.Message}");
        }

        TlsLog.SecretsLogged(logger, file);
    }

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
            await LookAsync();
    }

    // Files that are copied one after the other don't belong together in between, so a fault counts only when it is still there at the next look.
    private async Task TryAsync(string hash, bool isSure)
    {
        try
        {
            Store.Swap(await ReadAsync());
            (_shown, _suspect, _refused) = (hash, null, null);
            TlsLog.Reloaded(_logger, Store.Current.All.Count);
        }
        catch (Exception exception) when (exception is TlsStartException or CryptographicException or IOException)
        {
            (_suspect, _refused) = isSure ? (null, hash) : (hash, _refused);
            if (isSure)
                TlsLog.ReloadFailed(_logger, exception.Message);
        }
    }

    private async Task<CertificateSnapshot> ReadAsync()
    {
        var reading = _source.Read(_timeProvider.GetUtcNow());
        foreach (var warning in reading.Warnings)
            TlsLog.Warning(_logger, warning);
        return await ServeAsync(reading.Pairs);
    }

    private async Task<CertificateSnapshot> ServeAsync(IReadOnlyList<CertificatePair> pairs)
    {
        var verification = new ClientVerification(_settings.ClientAuth, ClientAuthorities.Read(_settings), _logger);
        var served = new List<ServedCertificate>(pairs.Count);
        foreach (var pair in pairs)
            served.Add(await _serving.ServeAsync(pair, verification));
        foreach (var pair in pairs)
            TlsLog.Showing(
                _logger, pair.Names.Count > 0 ? string.Join(", ", pair.Names) : pair.Leaf.Subject, pair.Algorithm, pair.Leaf.SerialNumber,
                pair.Leaf.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return new CertificateSnapshot(served);
    }

    private string Hash() => ContentHash.Of(_settings.ClientAuthCa is { } ca ? [.. _source.Files, ca] : _source.Files);
}
