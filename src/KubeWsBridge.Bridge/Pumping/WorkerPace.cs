namespace KubeWsBridge.Bridge.Pumping;

/// <summary>Knows when to acknowledge at once what a worker sent over TCP.</summary>
/// <remarks>
/// <para>
/// A worker that writes a large answer in pieces below the segment size waits for our acknowledgement after each (Nagle), and the kernel
/// delays it by 40 ms. Acknowledging large reads at once cures that; doing so for every read would cost a quarter of the small-message rate.
/// </para>
/// <para>
/// Small pieces meet the same delay. Whether a worker writes them shows at the first answer: its rest comes as late as that acknowledgement
/// does (40 ms by default, up to 200), though the worker was given nothing new. From then on it is acknowledged at once, and others pay nothing.
/// </para>
/// </remarks>
internal sealed class WorkerPace(TimeProvider timeProvider)
{
    private const int LargeFrom = 4096;
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(250);

    private long _lastArrival = timeProvider.GetTimestamp();
    private volatile bool _wasGivenSomething = true;
    private bool _writesInPieces;

    /// <summary>The worker is given something.</summary>
    public void Give() => _wasGivenSomething = true;

    /// <summary>Something has come from the worker; true when it should be acknowledged now.</summary>
    /// <param name="count">How many bytes.</param>
    public bool Arrive(int count)
    {
        if (_writesInPieces)
            return true;

        var now = timeProvider.GetTimestamp();
        var pause = timeProvider.GetElapsedTime(_lastArrival, now);
        _writesInPieces = !_wasGivenSomething && pause >= ShortestDelay && pause <= LongestDelay;
        (_lastArrival, _wasGivenSomething) = (now, false);
        return _writesInPieces || count >= LargeFrom;
    }
}
