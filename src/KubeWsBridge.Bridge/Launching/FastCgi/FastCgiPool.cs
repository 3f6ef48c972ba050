using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>
/// One PHP-FPM pool: its guard, its health, and the look at it each second. Launchers share it; each disposes it once, and the last of them ends it.
/// </summary>
internal sealed class FastCgiPool : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly FastCgiOptions _options;
    private readonly LauncherContext _context;
    private readonly FastCgiGuard _guard;
    private readonly HolderCount _launchers = new();
    private readonly FastCgiOutage _outage;
    private readonly FastCgiStatusWatch? _status;
    private readonly CancellationTokenSource _stopping = new();
    private Task? _watch;

    /// <summary>Makes it; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="options">The pool.</param>
    /// <param name="context">What launchers share.</param>
    /// <param name="guard">Who counts its workers already, by other options perhaps; null for nobody.</param>
    public FastCgiPool(FastCgiOptions options, LauncherContext context, FastCgiGuard? guard = null)
    {
        (_options, _context) = (options, context);
        _guard = guard ?? new FastCgiGuard(options);
        _outage = new FastCgiOutage(options.Address, context.Logger, context.Time);
        _status = options.StatusPath is null ? null : new FastCgiStatusWatch(options, _guard, context.Logger);
    }

    /// <summary>What is known of it.</summary>
    public FastCgiOptions Options => _options;

    /// <summary>Counts its workers.</summary>
    public FastCgiGuard Guard => _guard;

    /// <summary>How it does.</summary>
    public LauncherHealth Health => _outage.Health;

    /// <summary>Counts one more launcher; false when the last has left already.</summary>
    public bool TryShare() => _launchers.TryAdd();

    /// <summary>Begins to look at the pool; a second time does nothing.</summary>
    public void Start()
    {
        if (_watch is not null)
            return;
        _guard.Adopt(_options);
        FastCgiLog.PoolInUse(
            _context.Logger, _options.Address, _options.Workers > 0 ? $"{_options.Workers}" : $"as many as {_options.StatusPath} says", _options.Reserve);
        _watch = Task.Run(WatchAsync);
    }

    /// <summary>Sends one of its workers a request.</summary>
    /// <param name="request">All bytes of it.</param>
    /// <param name="script">The script, for messages.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="LaunchException">There is no place, or PHP-FPM can not be reached.</exception>
    public async ValueTask<IWorker> RequestAsync(ReadOnlyMemory<byte> request, string script, CancellationToken cancellationToken)
    {
        _guard.Take();
        try
        {
            var socket = await ConnectAsync(cancellationToken);
            return new FastCgiWorker(socket, request, script, _guard.Free, _context.HoldDescriptors, _stopping.Token);
        }
        catch
        {
            _guard.Free();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_launchers.Remove())
            return;
        await _stopping.CancelAsync();
        if (_watch is { } watch)
            await watch;
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var socket = await _options.Address.ConnectAsync(either.Token);
            _outage.Ended();
            return socket;
        }
        catch (SocketException exception)
        {
            if (exception.SocketErrorCode != SocketError.WouldBlock) // its queue is full, so it is there
                _outage.Seen(FastCgiConnectFailure.Reason(exception));
            throw FastCgiConnectFailure.Describe(_options.Address, exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FastCgiConnectFailure.TimedOut(_options.Address, Patience);
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period, _context.Time);
        try
        {
            // Without a status page one look tells whether it is there; later the sessions find out.
            for (var isFirst = true; ; isFirst = false)
            {
                if (isFirst || _status is not null || _outage.IsOngoing)
                    await LookAsync();
                await timer.WaitForNextTickAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The bridge ends.
        }
    }

    private async Task LookAsync()
    {
        using var deadline = new CancellationTokenSource(Patience, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stopping.Token);
        try
        {
            if (_status is not null)
                await _status.ReadAsync(either.Token);
            if (_status is null || (_options.StatusAddress is not null && _outage.IsOngoing))
                (await _options.Address.ConnectAsync(either.Token)).Dispose();
            _outage.Ended();
        }
        catch (SocketException exception) when (exception.SocketErrorCode != SocketError.WouldBlock)
        {
            _outage.Seen(FastCgiConnectFailure.Reason(exception));
        }
        catch (SocketException)
        {
            _status?.Unanswered(); // its queue is full
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            _status?.Unanswered();
        }
    }
}
