namespace KubeWsBridge.Benchmarks.Load;

/// <summary>How many answers came in what time.</summary>
internal readonly record struct LoadResult(long Answers, TimeSpan Elapsed)
{
    /// <summary>Answers a second.</summary>
    public double PerSecond => Answers / Elapsed.TotalSeconds;
}
