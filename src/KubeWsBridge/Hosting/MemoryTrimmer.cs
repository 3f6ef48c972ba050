using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Hosting;

/// <summary>Gives the memory of a burst of sessions back to the system, once it is over.</summary>
/// <remarks>
/// A session's start leaves some 30 KiB of garbage. The collector only runs when more is allocated, and an idle bridge allocates next to nothing: it
/// would hold the garbage, and the pages of sessions that have gone, for ever. A collection stops every thread for some milliseconds, so it must be
/// rare, and come when few start or end.
/// </remarks>
internal sealed class MemoryTrimmer : IAsyncDisposable
{
    /// <summary>How often it looks.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    // Below this there is too little to gain; a tenth of it in one period still counts as calm.
    private const long Burst = 200;

    private readonly Func<long> _turnover;
    private readonly ILogger _logger;
    private readonly Action _collect;
    private readonly PeriodicTimer _timer;
    private readonly Task _watching;
    private long _trimmedAt;
    private long _seen;

    /// <summary>Begins to watch.</summary>
    /// <param name="turnover">How many sessions have come and gone so far.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Hears of each collection, for debugging.</param>
    /// <param name="collect">What gives memory back; null for the runtime's collector.</param>
    public MemoryTrimmer(Func<long> turnover, TimeProvider timeProvider, ILogger logger, Action? collect = null)
    {
        (_turnover, _logger, _collect) = (turnover, logger, collect ?? Collect);
        _timer = new PeriodicTimer(Period, timeProvider);
        _watching = WatchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching;
    }

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
            Look();
    }

    /// <summary>Looks whether it is time.</summary>
    internal void Look()
    {
        var turnover = _turnover();
        var (lately, since) = (turnover - _seen, turnover - _trimmedAt);
        _seen = turnover;
        if (since < Burst || lately > since / 10)
            return;

        _trimmedAt = turnover;
        _collect();
        var memory = GC.GetGCMemoryInfo();
        HostingLog.MemoryTrimmed(_logger, since, memory.PauseDurations[0].TotalMilliseconds, memory.TotalCommittedBytes / 1048576.0);
    }
}
