namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>The table of benchmarks.</summary>
internal static class BenchmarkTable
{
    /// <summary>All of them, in the order of reports.</summary>
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new EchoBenchmark(), new LatencyBenchmark(), new PushBenchmark(), new ChunkedBenchmark(),
        new ChurnBenchmark(), new MemoryBenchmark(), new IdleBenchmark(), new StartBenchmark(),
        new LaunchBenchmark(), new TlsBenchmark(),
    ];
}
