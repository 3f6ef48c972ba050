using System.Diagnostics;

namespace KubeWsBridge.Benchmarks.Load;

/// <summary>How memory comes down after a burst of sessions. Nothing is done to hurry it: the collector of the program runs when it runs.</summary>
/// <param name="Pss">The last look, in bytes.</param>
/// <param name="Seconds">Until it was near its base for the first time; infinity when it never was.</param>
internal readonly record struct Settling(long Pss, double Seconds)
{
    private const double Near = 1.2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks until it is within 20 % of the base, or patience is at its end.</summary>
    /// <param name="pss">Takes a look.</param>
    /// <param name="before">The base, in bytes.</param>
    /// <param name="patience">How long to look; the rest of it is waited in vain when the memory stays.</param>
    public static Settling Watch(Func<long> pss, long before, TimeSpan patience)
    {
        for (var begin = Stopwatch.GetTimestamp(); ; Thread.Sleep(Pause))
        {
            var (now, elapsed) = (pss(), Stopwatch.GetElapsedTime(begin));
            if (now <= before * Near)
                return new Settling(now, elapsed.TotalSeconds);
            if (elapsed > patience)
                return new Settling(now, double.PositiveInfinity);
        }
    }
}
