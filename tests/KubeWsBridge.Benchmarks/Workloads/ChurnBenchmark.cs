using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>Connections that come, say one thing and go.</summary>
internal sealed class ChurnBenchmark : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "churn";

    /// <inheritdoc/>
    public string Title => "Connections that come, echo one byte and go: time to the first echo";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.Connects, Metric.P50, Metric.P99, Metric.CpuPerConnection, Metric.WorkerCpu];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        foreach (var handler in arena.Quick ? [Handler.Echo] : new[] { Handler.Echo, Handler.Echo.InPhp })
        {
            foreach (var clients in arena.Quick ? [8] : new[] { 1, 8, 32 })
            {
                arena.Compare(this, $"{clients} at a time{(handler.IsPhp ? ", PHP worker" : "")}", handler, target =>
                {
                    var churn = new ChurnClients(target.Port, target.Wire, clients);
                    var before = target.Cpu();
                    var result = churn.Run(arena.Duration * 2);
                    target.WaitIdle();
                    var cpu = target.Cpu() - before;
                    return new()
                    {
                        [Metric.Connects.Key] = result.PerSecond,
                        [Metric.P50.Key] = churn.FirstEcho.Milliseconds(0.5),
                        [Metric.P99.Key] = churn.FirstEcho.Milliseconds(0.99),
                        [Metric.CpuPerConnection.Key] = cpu.Target.TotalMilliseconds / result.Answers,
                        [Metric.WorkerCpu.Key] = cpu.Workers.TotalMilliseconds / result.Answers,
                    };
                });
            }
        }
    }
}
