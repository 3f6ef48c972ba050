using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Ordering;
using KubeWsBridge.Certificates.Storage;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Certificates.Life;

/// <summary>The life of one certificate: read <see cref="TurnAsync"/>. Whatever fails, what is served goes on being served.</summary>
public sealed class CertificateLife
{
    private readonly ManagedCertificate _managed;
    private readonly Func<string?, IKeySource> _keys;
    private readonly ICertificateSink _sink;
    private readonly LifeSetup _setup;
    private readonly LifeState _state;
    private readonly LifeReport _report;
    private readonly IssuerRound _round;
    private readonly RenewalAdviser _adviser;
    private readonly DateTimeOffset _started;
    private string? _damaged;
    private bool _isGone;
    private bool _saidDue;
    private DateTimeOffset _saidRetryAt;
    private volatile TaskCompletionSource _look = NewLook();

    /// <summary>Does nothing until <see cref="RunAsync"/>.</summary>
    /// <param name="managed">The certificate.</param>
    /// <param name="storage">Where it is kept.</param>
    /// <param name="solvers">Who meets challenges, the preferred first; one at least.</param>
    /// <param name="keys">Makes keys, reusing the one given when there is one.</param>
    /// <param name="sink">Who serves it.</param>
    /// <param name="setup">Clock, waits, network.</param>
    /// <param name="logger">Is told what happens.</param>
    /// <param name="metrics">Count what happens.</param>
    public CertificateLife(
        ManagedCertificate managed,
        ICertificateStorage storage,
        IReadOnlyList<IChallengeSolver> solvers,
        Func<string?, IKeySource> keys,
        ICertificateSink sink,
        LifeSetup setup,
        ILogger logger,
        CertificateMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(setup);
        (_managed, _keys, _sink, _setup) = (managed, keys, sink, setup);
        _state = new(storage, managed, keys(null));
        _report = new(managed, logger, metrics);
        _round = new(managed, _state, new(storage, setup.Time), solvers, setup, _report);
        _adviser = new(managed, setup, _report);
        _started = setup.Time.GetUtcNow();
    }

    /// <summary>Where it is.</summary>
    public LifeStage Stage { get; private set; }

    /// <summary>What is served; null until there is one.</summary>
    public StoredCertificate? Served { get; private set; }

    /// <summary>Looks after the certificate until it is told to end; an order under way is then given up, and its challenges are taken away.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = _setup.Options.Poll;
            try
            {
                wait = await TurnAsync(cancellationToken);
            }
            catch (Exception fault)
            {
                if (cancellationToken.IsCancellationRequested)
                    return; // how far an order has got is written down
                _report.Fault(fault);
            }
            await PauseAsync(wait, cancellationToken);
        }
    }

    /// <summary>Has <see cref="RunAsync"/> look at once, instead of when its wait is over. Waits that failures have earned are not cut short.</summary>
    public void LookNow() => _look.TrySetResult();

    /// <summary>Serves what is stored, if there is something, before anything else is done.</summary>
    /// <exception cref="StorageException">The storage can't be read.</exception>
    public Task ServeStoredAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>Orders a certificate because a person asks for it: due or not, and whatever waits earlier failures have earned.</summary>
    public async Task<RenewalOutcome> RenewAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await using var held = await _state.TryLockAsync(cancellationToken);
        if (held is null)
            return new(null, IsElsewhere: true, []);
        var failures = await OrderAsync(Attempts.None, held.Lost, cancellationToken);
        return new(failures is null ? Served : null, IsElsewhere: false, [.. failures?.Values.Select(failure => failure.Message) ?? []]);
    }

    /// <summary>Goes round once.</summary>
    /// <returns>How long to wait before the next time.</returns>
    internal async Task<TimeSpan> TurnAsync(CancellationToken cancellationToken)
    {
        // 1. Load what is stored, which another replica may have renewed, and serve it.
        Stage = LifeStage.Load;
        await LoadAsync(cancellationToken);
        Stage = LifeStage.Serve;

        // 2. Due? Then is it time for an attempt?
        if (await WaitAsync(cancellationToken) is { } early)
            return early;
        SayDue();

        // 3. One replica orders, and the others look again soon.
        Stage = LifeStage.Lock;
        await using var held = await _state.TryLockAsync(cancellationToken);
        if (held is null)
        {
            Stage = LifeStage.Elsewhere;
            _report.Elsewhere();
            return _setup.Options.Poll;
        }

        // 4. Read again: the one who had the lock before may have done all there was to do.
        await LoadAsync(cancellationToken);
        if (await WaitAsync(cancellationToken) is { } done)
            return done;

        // 5. Order.
        var attempts = await _state.LoadAttemptsAsync(cancellationToken);
        if (await OrderAsync(attempts, held.Lost, cancellationToken) is not { } failures)
            return _setup.Options.Poll;

        // 6. Or wait, for longer each time.
        Stage = LifeStage.BackOff;
        return await BackOffAsync(attempts, failures, cancellationToken);
    }

    // What went wrong with each authority; null when there is a new certificate.
    private async Task<IReadOnlyDictionary<Issuer, Exception>?> OrderAsync(Attempts attempts, CancellationToken lost, CancellationToken cancellationToken)
    {
        // 1. Order, as long as the lock is ours.
        Stage = LifeStage.Order;
        using var whileHeld = CancellationTokenSource.CreateLinkedTokenSource(lost, cancellationToken);
        var (issued, issuer, failures) = await RunRoundAsync(attempts, lost, whileHeld.Token);
        if (issued is null)
            return failures;

        // 2. Store, and only then forget the order, which is how the certificate would be had again after a crash.
        Stage = LifeStage.Store;
        var names = _managed.Names.Select(name => name.Value).ToArray();
        await _state.SaveCertificateAsync(issued, new(issuer!.Directory, names, _setup.Time.GetUtcNow()), whileHeld.Token);
        await _state.ClearAsync(whileHeld.Token);

        // 3. Swap.
        Stage = LifeStage.Swap;
        await LoadAsync(cancellationToken);
        Stage = LifeStage.Serve;
        _saidDue = false;
        return null;
    }

    private async Task<(IssuedCertificate? Issued, Issuer? Issuer, IReadOnlyDictionary<Issuer, Exception> Failures)> RunRoundAsync(
        Attempts attempts, CancellationToken lost, CancellationToken cancellationToken)
    {
        try
        {
            return await _round.RunAsync(Served, attempts, _keys(ReusedKey()), cancellationToken);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            throw new StorageException("The lock was lost in the middle of an order, since the storage could not be reached. Whoever takes it next goes on with the order.");
        }
    }

    private static TaskCompletionSource NewLook() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task PauseAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (look, delay) = (_look.Task, Task.Delay(wait, _setup.Time, over.Token));
        if (await Task.WhenAny(delay, look) == look)
            _look = NewLook();
        await over.CancelAsync();
        await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // What can't be used is replaced by a new certificate, while what was served before goes on.
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var version = await _state.ReadVersionAsync(cancellationToken);
        _isGone = version is null && Served is not null;
        if (version is null || version == Served?.Version || version == _damaged)
            return;
        try
        {
            if (await _state.LoadCertificateAsync(cancellationToken) is not { } stored)
                return;
            await _sink.ServeAsync(_managed, stored);
            (Served, _damaged) = (stored, null);
            _report.Serving(stored);
        }
        catch (DamagedStateException damaged)
        {
            _damaged = version;
            _report.Damaged(damaged);
        }
    }

    // How long there is nothing to do; null when there is.
    private async Task<TimeSpan?> WaitAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        var attempts = await _state.LoadAttemptsAsync(cancellationToken);
        var now = _setup.Time.GetUtcNow();
        var next = due > attempts.RetryAt ? due : attempts.RetryAt;
        var wait = next - now;
        if (wait <= TimeSpan.Zero)
            return null;
        if (due <= now && attempts.RetryAt != _saidRetryAt)
        {
            // Said by whoever has not failed itself: after a restart, and by the other replicas.
            _saidRetryAt = attempts.RetryAt;
            _report.Waiting(attempts);
        }
        return wait < _setup.Options.Poll ? wait : _setup.Options.Poll;
    }

    private async Task<DateTimeOffset> DueAsync(CancellationToken cancellationToken)
    {
        if (Served is not { } served || _damaged is not null || _isGone)
            return DateTimeOffset.MinValue;
        if (_managed.OrderAtStart && served.Record.ObtainedAt < _started)
            return DateTimeOffset.MinValue;
        if (_managed.Issuers.All(issuer => issuer.Directory != served.Record.Issuer))
            return DateTimeOffset.MinValue; // from an authority that is no longer configured
        return DueDate.Of(served, _managed.RenewalWindowRatio, await _adviser.AdviseAsync(served, cancellationToken));
    }

    private void SayDue()
    {
        if (_saidDue)
            return;
        _saidDue = true;
        if (Served is null)
            _report.Nothing();
        else
            _report.Due(Served.NotAfter);
    }

    // Whoever takes a certificate out of the storage, as a revocation does, is done with its key as well.
    private string? ReusedKey() => _managed.ReusePrivateKey && !_isGone ? Served?.KeyPem : null;

    private async Task<TimeSpan> BackOffAsync(Attempts attempts, IReadOnlyDictionary<Issuer, Exception> failures, CancellationToken cancellationToken)
    {
        var now = _setup.Time.GetUtcNow();
        attempts = BackOff.After(attempts, failures, _managed, Served is not null, _setup.Options, now, _setup.Random());
        _report.BackingOff(attempts, Served is not null);
        _saidRetryAt = attempts.RetryAt;
        await _state.SaveAttemptsAsync(attempts, cancellationToken);
        return attempts.RetryAt - now < _setup.Options.Poll ? attempts.RetryAt - now : _setup.Options.Poll;
    }
}
