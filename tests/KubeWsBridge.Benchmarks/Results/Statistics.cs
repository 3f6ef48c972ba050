namespace KubeWsBridge.Benchmarks.Results;

/// <summary>The arithmetic of reports.</summary>
internal static class Statistics
{
    /// <summary>The middle value; the mean of the two middle ones of an even number.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median of each key.</summary>
    public static Dictionary<string, double> Medians(IReadOnlyList<Dictionary<string, double>> rounds) =>
        rounds.SelectMany(round => round).GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(group => group.Key, Median);

    /// <summary>The mean of ratios; null without any.</summary>
    public static double? GeometricMean(IReadOnlyCollection<double> ratios) =>
        ratios.Count == 0 ? null : Math.Exp(ratios.Average(Math.Log));
}
