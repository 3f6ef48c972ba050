namespace KubeWsBridge.Benchmarks.Results;

/// <summary>What one contender did at one workload: medians of the rounds.</summary>
public sealed class Row
{
    /// <summary>The benchmark: echo, latency and so on.</summary>
    public required string Benchmark { get; init; }

    /// <summary>What had to be done.</summary>
    public required string Workload { get; init; }

    /// <summary>Who did it.</summary>
    public required string Contender { get; init; }

    /// <summary>How many rounds were measured.</summary>
    public int Rounds { get; init; }

    /// <summary>The medians by metric.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>The medians over those of the reference, where it took part.</summary>
    public Dictionary<string, double> Ratios { get; } = [];

    /// <summary>Why a round could not be measured; null when all went well.</summary>
    public string? Error { get; init; }
}
