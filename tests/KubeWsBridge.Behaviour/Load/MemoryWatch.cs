namespace KubeWsBridge.Behaviour.Load;

/// <summary>Samples a process's memory until it is disposed, and remembers the most.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private readonly ProcessProbe _probe;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sampling;

    public MemoryWatch(ProcessProbe probe)
    {
        _probe = probe;
        Base = Peak = probe.Pss;
        _sampling = SampleAsync();
    }

    /// <summary>PSS at the start.</summary>
    public long Base { get; }

    /// <summary>The largest PSS seen.</summary>
    public long Peak { get; private set; }

    /// <summary>How much it grew at most.</summary>
    public long Growth => Peak - Base;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        _stop.Dispose();
    }

    private async Task SampleAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Peak = Math.Max(Peak, _probe.Pss);
            await Task.Delay(Period, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
