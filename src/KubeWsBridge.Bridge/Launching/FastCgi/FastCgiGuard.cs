using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>
/// Counts the pool's workers that sessions have, and keeps the reserve free: a request too many would wait in PHP-FPM's queue, and those of a web
/// site behind it.
/// </summary>
/// <param name="options">The pool to begin with.</param>
internal sealed class FastCgiGuard(FastCgiOptions options)
{
    private readonly Lock _lock = new();
    private FastCgiOptions _options = options;
    private int _workers = options.Workers;
    private int _held;
    private int _others;

    /// <summary>How many workers the pool has; 0 while unknown.</summary>
    public int Workers
    {
        get
        {
            lock (_lock)
                return _workers;
        }
    }

    /// <summary>Workers that sessions have now, also those whose scripts run on after their session.</summary>
    public int Held
    {
        get
        {
            lock (_lock)
                return _held;
        }
    }

    /// <summary>Counts by these options from now on.</summary>
    public void Adopt(FastCgiOptions other)
    {
        lock (_lock)
        {
            if (other != _options)
                (_options, _workers, _others) = (other, other.Workers, 0);
        }
    }

    /// <summary>Takes a worker's place.</summary>
    /// <exception cref="LaunchException">There is none.</exception>
    public void Take()
    {
        lock (_lock)
        {
            if (_workers == 0)
                throw Unknown();
            if (_held >= _workers - _others - _options.Reserve)
                throw Full();
            _held++;
        }
    }

    /// <summary>Gives a worker's place back.</summary>
    public void Free()
    {
        lock (_lock)
            _held--;
    }

    /// <summary>Learns from the status page how many workers there are and how many others have.</summary>
    /// <param name="source">The options of whoever has asked; what it says counts only as long as these are the guard's (<see cref="Adopt"/>).</param>
    /// <param name="status">The page; the worker that made it is not among the active ones.</param>
    /// <param name="heldBefore"><see cref="Held"/> when the page was asked for.</param>
    public void Learn(FastCgiOptions source, FastCgiStatus status, int heldBefore)
    {
        lock (_lock)
        {
            if (source != _options)
                return;

            // Only a static pool's workers are all there always.
            _workers = _options.Workers == 0 ? status.Total : status.IsStatic ? Math.Min(_options.Workers, status.Total) : _options.Workers;

            // A session that came or went meanwhile may be in the page or not: in doubt the worker is somebody else's.
            _others = Math.Max(0, status.Active - Math.Min(heldBefore, _held));
        }
    }

    /// <summary>The pool has nobody free to answer: all workers that are not ours are others'.</summary>
    /// <inheritdoc cref="Learn" path="/param[@name='source']"/>
    public void LearnFull(FastCgiOptions source)
    {
        lock (_lock)
            _others = source == _options ? Math.Max(0, _workers - _held) : _others;
    }

    /// <summary>Nothing is known of others any more.</summary>
    /// <inheritdoc cref="Learn" path="/param[@name='source']"/>
    public void Forget(FastCgiOptions source)
    {
        lock (_lock)
            _others = source == _options ? 0 : _others;
    }

    private LaunchException Unknown() => new(
        $"It is not known yet how many workers the PHP-FPM pool at {_options.Address} has: its status page {_options.StatusPath} has not answered. "
        + "Give their number by --fastcgi-workers, or check --fastcgi-status-path against the pool's pm.status_path.", retryable: true);

    private LaunchException Full() => new(
        $"Of the {_workers} workers of the PHP-FPM pool at {_options.Address} sessions have {_held} and HTTP requests {_others}; "
        + $"{_options.Reserve} are kept free (--fastcgi-reserve). Raise pm.max_children and --fastcgi-workers.", retryable: false)
    {
        Refusal = Refusals.WorkerLimit,
    };
}
