using System.Net.Sockets;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>One PHP-FPM pool, which routes may share: its guard, its health, and the look at it each second.</summary>
internal sealed class FastCgiPool : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly FastCgiOptions _options;
    private readonly LauncherContext _context;
    private readonly FastCgiOutage _outage;
    private readonly FastCgiStatusWatch? _status;
    private readonly CancellationTokenSource _stopping = new();
    private Task? _watch;

    /// <summary>Makes it; nothing runs before <see cref="Start"/>.</summary>
    public FastCgiPool(FastCgiOptions options, LauncherContext context)
    {
        (_options, _context) = (options, context);
        Guard = new FastCgiGuard(options);
        _outage = new FastCgiOutage(options.Address, context.Logger, context.Time);
        _status = options.StatusPath is null ? null : new FastCgiStatusWatch(options, Guard, context.Logger);
    }

    /// <summary>Who may have a worker.</summary>
    public FastCgiGuard Guard { get; }

    /// <summary>How it does.</summary>
    public LauncherHealth Health => _outage.Health;

    /// <summary>Cancelled when the bridge ends.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Begins to look at the pool; a second time does nothing.</summary>
    public void Start()
    {
        if (_watch is not null)
            return;
        FastCgiLog.PoolInUse(
            _context.Logger, _options.Address, _options.Workers > 0 ? $"{_options.Workers}" : $"as many as {_options.StatusPath} says", _options.Reserve);
        _watch = Task.Run(WatchAsync);
    }

    /// <summary>Connects for a request.</summary>
    /// <exception cref="LaunchException">PHP-FPM can not be reached.</exception>
    public async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
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
            _outage.Seen(exception.Message);
            throw FastCgiConnectFailure.Describe(_options.Address, exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FastCgiConnectFailure.TimedOut(_options.Address, Patience);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_watch is { } watch)
            await watch;
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
                await timer.WaitForNextTickAsync(Stopping);
            }
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // The bridge ends.
        }
    }

    private async Task LookAsync()
    {
        using var deadline = new CancellationTokenSource(Patience, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, Stopping);
        try
        {
            if (_status is not null)
                await _status.ReadAsync(either.Token);
            else
                (await _options.Address.ConnectAsync(either.Token)).Dispose();
            _outage.Ended();
        }
        catch (SocketException exception)
        {
            _outage.Seen(exception.Message);
        }
        catch (OperationCanceledException) when (!Stopping.IsCancellationRequested)
        {
            _status?.Unanswered();
        }
    }
}
