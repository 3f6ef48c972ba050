using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Launching.FastCgi;

/// <summary>
/// Counts the pool's workers that sessions have, and keeps the reserve free: a request too many would wait in PHP-FPM's queue, and those of a web
/// site behind it.
/// </summary>
/// <param name="options">The pool.</param>
internal sealed class FastCgiGuard(FastCgiOptions options)
{
    private readonly Lock _lock = new();
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

    /// <summary>Takes a worker's place.</summary>
    /// <exception cref="LaunchException">There is none.</exception>
    public void Take()
    {
        lock (_lock)
        {
            if (_workers == 0)
                throw Unknown();
            if (_held >= _workers - _others - options.Reserve)
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
    /// <param name="status">The page; the worker that made it is not among the active ones.</param>
    /// <param name="heldBefore"><see cref="Held"/> when the page was asked for.</param>
    public void Learn(FastCgiStatus status, int heldBefore)
    {
        lock (_lock)
        {
            // Only a static pool's workers are all there always.
            _workers = options.Workers == 0 ? status.Total : status.IsStatic ? Math.Min(options.Workers, status.Total) : options.Workers;

            // A session that came or went meanwhile may be in the page or not: in doubt the worker is somebody else's.
            _others = Math.Max(0, status.Active - Math.Min(heldBefore, _held));
        }
    }

    /// <summary>The pool has nobody free to answer: all workers that are not ours are others'.</summary>
    public void LearnFull()
    {
        lock (_lock)
            _others = Math.Max(0, _workers - _held);
    }

    /// <summary>Nothing is known of others any more.</summary>
    public void Forget()
    {
        lock (_lock)
            _others = 0;
    }

    private LaunchException Unknown() => new(
        $"It is not known yet how many workers the PHP-FPM pool at {options.Address} has: its status page {options.StatusPath} has not answered. "
        + "Give their number by --fastcgi-workers, or check --fastcgi-status-path against the pool's pm.status_path.", retryable: true);

    private LaunchException Full() => new(
        $"Of the {_workers} workers of the PHP-FPM pool at {options.Address} sessions have {_held} and HTTP requests {_others}; "
        + $"{options.Reserve} are kept free (--fastcgi-reserve). Raise pm.max_children and --fastcgi-workers.", retryable: false)
    {
        Refusal = Refusals.WorkerLimit,
    };
}
