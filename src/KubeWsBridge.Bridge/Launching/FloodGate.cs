namespace KubeWsBridge.Bridge.Launching;

/// <summary>Lets lines through while the budget lasts, then counts them, and says once a second how many it left out.</summary>
internal sealed class FloodGate(IErrorLineSink sink, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The timer's callback and the reader may come at the same moment.
    private readonly Lock _gate = new();
    private readonly LineBudget _budget = new(time);
    private ITimer? _timer;
    private int _suppressed;

    /// <summary>Delivers a line with a mark behind it, or counts it; a counted line is not even decoded.</summary>
    public void Deliver(ReadOnlySpan<byte> line, string mark)
    {
        lock (_gate)
        {
            // Once shut it stays shut until the pause is over: a long flood gives one summary a second, not one between every two lines.
            if (_suppressed == 0 && _budget.TryTake())
                sink.Line(LineText.Decode(line) + mark);
            else
                Suppress();
        }
    }

    /// <summary>Says what was left out last.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Report();
            _timer?.Dispose();
        }
    }

    private void Suppress()
    {
        if (_suppressed++ > 0)
            return;

        // A timer of its own, because after a flood may come a long silence.
        _timer ??= time.CreateTimer(
            static state => ((FloodGate)state!).EndPause(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    private void EndPause()
    {
        lock (_gate)
            Report();
    }

    private void Report()
    {
        if (_suppressed > 0)
            sink.Suppressed(_suppressed);

        _suppressed = 0;
    }
}
