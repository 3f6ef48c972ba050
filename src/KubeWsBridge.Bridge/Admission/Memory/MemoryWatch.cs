namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>Has memory measured twice a second.</summary>
public sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly PeriodicTimer _timer;
    private readonly Task _ticking;

    /// <summary>Begins.</summary>
    public MemoryWatch(MemoryLedger ledger, TimeProvider timeProvider)
    {
        _timer = new PeriodicTimer(Period, timeProvider);
        _ticking = TickAsync(ledger);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _ticking;
    }

    private async Task TickAsync(MemoryLedger ledger)
    {
        while (await _timer.WaitForNextTickAsync())
            ledger.Measure();
    }
}
