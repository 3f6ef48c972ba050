namespace KubeWsBridge.Bridge.Closing;

/// <summary>When to end each of many sessions, so that their clients come back one after the other.</summary>
/// <remarks>
/// Each session has a slot of the same length and ends at a random moment of it: evenly enough for whoever they come back to, and not in step with
/// the other replicas that are drained in the same minute.
/// </remarks>
public static class CloseSchedule
{
    /// <summary>The longest slot of a session whose worker can't be told: ten new connections a second hurt nobody, so few sessions end sooner.</summary>
    public static readonly TimeSpan LongestSlot = TimeSpan.FromMilliseconds(100);

    /// <summary>The moments, from the beginning, in rising order.</summary>
    /// <param name="silent">How many sessions there are whose worker can't be told; theirs are the first.</param>
    /// <param name="told">How many there are whose worker is told; the last of them has the whole period.</param>
    /// <param name="period">The time for all.</param>
    /// <param name="random">Where in its slot each is.</param>
    public static TimeSpan[] Spread(int silent, int told, TimeSpan period, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var moments = new TimeSpan[silent + told];
        if (moments.Length == 0)
            return moments;

        var slot = period / moments.Length;
        var first = slot < LongestSlot ? slot : LongestSlot;
        for (var i = 0; i < silent; i++)
            moments[i] = first * (i + random.NextDouble());

        var start = first * silent;
        for (var i = 0; i < told; i++)
            moments[silent + i] = start + (period - start) * ((i + 1 - (i + 1 < told ? random.NextDouble() : 0)) / told);
        return moments;
    }
}
