using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>Workers that talk without being asked: every record carries the time it was sent at.</summary>
internal sealed class PushBenchmark : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "push";

    /// <inheritdoc/>
    public string Title => "Every worker pushes 18 bytes each 2 ms: delay until they arrive (wanted: p99 below 5 ms)";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.P50, Metric.P99, Metric.Max, Metric.CpuPerMessage];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        (Handler, int)[] all = [(Handler.Push, 16), (Handler.Push, 1), (Handler.Push.InPhp, 1)];
        foreach (var (handler, connections) in all.Take(arena.Quick ? 1 : all.Length))
        {
            arena.Compare(this, $"{connections} {(connections == 1 ? "connection" : "connections")}{(handler.IsPhp ? ", PHP worker" : "")}", handler, target =>
            {
                using var receiver = new PushReceiver(target.Port, target.Wire, connections);
                CpuTimes before = default;
                receiver.Run(arena.WarmUp * 3, arena.Duration * 2, () => before = target.Cpu());
                var cpu = target.Cpu() - before;
                return new()
                {
                    [Metric.P50.Key] = receiver.Delays.Milliseconds(0.5),
                    [Metric.P99.Key] = receiver.Delays.Milliseconds(0.99),
                    [Metric.Max.Key] = receiver.Delays.Milliseconds(1),
                    [Metric.CpuPerMessage.Key] = cpu.Target.TotalMicroseconds / receiver.Delays.Count,
                };
            });
        }
    }
}
