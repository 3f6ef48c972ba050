using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>From the start of the program to its first accepted connection.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string Title => "Start of the program";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.StartTime, Metric.Base];

    /// <inheritdoc/>
    public void Run(Arena arena) => arena.Measure(this, "to listening", arena.Bridges(Handler.Echo), bridge =>
    {
        using var target = bridge.Start(Handler.Echo);
        return new() { [Metric.StartTime.Key] = target.StartTime.TotalMilliseconds, [Metric.Base.Key] = target.Pss / 1048576.0 };
    });
}
