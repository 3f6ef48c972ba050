using System.Runtime.Versioning;
using System.Text;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge.Launching.Fork;

/// <summary>Workers that a fork server has forked before their connections come.</summary>
/// <param name="size">How many are kept; asked again each time.</param>
/// <param name="fork">Has one forked.</param>
/// <param name="logger">Hears of those that die while they wait.</param>
[SupportedOSPlatform("linux")]
internal sealed class ForkSpares(Func<int> size, Func<Task<WaitingWorker>> fork, ILogger logger)
{
    // A pipe takes 64 KiB at once; more is sent with the request for a fork.
    private const int FitsInPipe = 60_000;

    private readonly Lock _gate = new();
    private readonly Queue<WaitingWorker> _waiting = new();
    private int _coming;
    private bool _isDismissed;

    /// <summary>Has as many forked as are missing, and ends those that are too many.</summary>
    public void Fill()
    {
        int missing;
        lock (_gate)
        {
            missing = _isDismissed ? 0 : size() - _coming - _waiting.Count;
            _coming += Math.Max(missing, 0);
        }

        for (; missing > 0; missing--)
            _ = AddAsync();
        for (; missing < 0 && TryTake() is { } spare; missing++)
            _ = spare.DisposeAsync().AsTask();
    }

    /// <summary>Gives one that lives its script and variables; null when there is none.</summary>
    /// <param name="task">Both, with NULs between them.</param>
    public ForkWorker? TryBegin(string task)
    {
        if (size() == 0 || Encoding.UTF8.GetByteCount(task) > FitsInPipe)
            return null;
        while (TryTake() is { } spare)
        {
            if (!spare.Worker.Exited.IsCompleted && spare.TryBegin(Encoding.UTF8.GetBytes(task)))
            {
                Fill();
                return (ForkWorker)spare.Worker;
            }

            _ = spare.DisposeAsync().AsTask();
        }

        Fill();
        return null;
    }

    /// <summary>Ends those that wait; there will be no more.</summary>
    public void Dismiss()
    {
        lock (_gate)
            _isDismissed = true;
        while (TryTake() is { } spare)
            _ = spare.DisposeAsync().AsTask();
    }

    private WaitingWorker? TryTake()
    {
        lock (_gate)
            return _waiting.TryDequeue(out var spare) ? spare : null;
    }

    private async Task AddAsync()
    {
        WaitingWorker? spare = null;
        try
        {
            spare = await fork();
        }
        catch (Exception exception) when (exception is LaunchException or ForkServerLostException)
        {
            // Whoever needs a worker asks for it, and is told.
        }

        lock (_gate)
        {
            _coming--;
            if (spare is null)
                return;
            if (!_isDismissed)
            {
                _waiting.Enqueue(spare);
                _ = spare.Worker.Exited.ContinueWith(_ => Bury(spare), TaskScheduler.Default);
                return;
            }
        }

        await spare.DisposeAsync();
    }

    private void Bury(WaitingWorker dead)
    {
        lock (_gate)
        {
            var living = _waiting.Where(spare => spare != dead).ToArray();
            if (living.Length == _waiting.Count)
                return; // it had been taken
            _waiting.Clear();
            foreach (var spare in living)
                _waiting.Enqueue(spare);
        }

        ForkLog.SpareDied(logger, dead.Worker.ProcessId ?? 0, dead.Worker.Exited.Result.ToString());
        _ = dead.DisposeAsync().AsTask();
    }
}
