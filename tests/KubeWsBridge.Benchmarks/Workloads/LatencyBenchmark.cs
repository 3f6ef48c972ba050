using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>Round trips at rates far from saturation, timed from when each message was due.</summary>
internal sealed class LatencyBenchmark : IBenchmark
{
    private const int Connections = 64;
    private const int Size = 128;

    /// <inheritdoc/>
    public string Name => "latency";

    /// <inheritdoc/>
    public string Title => "Round trips of 128 bytes at a fixed rate over 64 connections";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.P50, Metric.P99, Metric.CpuPerMessage];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        foreach (var rate in arena.Quick ? [1000] : new[] { 1000, 4000 })
        {
            arena.Compare(this, $"{rate} messages/s", Handler.Echo, target =>
            {
                using var load = new LoadGenerator(target.Port, target.Wire, Connections, 1, new MessageShape(Size, Size));
                CpuTimes before = default;
                var result = load.RunAtRate(rate, arena.WarmUp * 3, arena.Duration * 2, () => before = target.Cpu());
                var cpu = target.Cpu() - before;
                return new()
                {
                    [Metric.P50.Key] = load.Times.Milliseconds(0.5),
                    [Metric.P99.Key] = load.Times.Milliseconds(0.99),
                    [Metric.Max.Key] = load.Times.Milliseconds(1),
                    [Metric.CpuPerMessage.Key] = cpu.Target.TotalMicroseconds / Math.Max(1, result.Answers),
                };
            });
        }
    }
}
