namespace KubeWsBridge.Bridge.Launching;

/// <summary>A token bucket: how many lines may still be delivered now.</summary>
internal sealed class LineBudget(TimeProvider time)
{
    /// <summary>Lines delivered at once after a silence; a PHP stack trace has a few dozen.</summary>
    public const int Burst = 200;

    /// <summary>Lines delivered per second in the long run.</summary>
    public const int PerSecond = 100;

    private double _tokens = Burst;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes one line out of the budget; false when it is used up.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(Burst, _tokens + time.GetElapsedTime(_filled, now).TotalSeconds * PerSecond);
        _filled = now;
        if (_tokens < 1)
            return false;

        _tokens--;
        return true;
    }
}
