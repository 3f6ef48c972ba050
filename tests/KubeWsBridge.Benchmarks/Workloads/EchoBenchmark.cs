using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>How many messages go to a worker and back, and what each costs.</summary>
internal sealed class EchoBenchmark : IBenchmark
{
    private static readonly (int Size, int Connections, int InFlight)[] Full =
    [
        .. from size in new[] { 16, 1024, 16 * 1024, 256 * 1024 }
           from connections in new[] { 1, 16, 64 }
           from inFlight in new[] { 1, 16 }
           select (size, connections, inFlight),
    ];

    private static readonly (int Size, int Connections, int InFlight)[] Short =
        [(16, 16, 16), (1024, 1, 1), (1024, 16, 1), (16 * 1024, 16, 1), (256 * 1024, 16, 1)];

    private static readonly (int Size, int Connections, int InFlight)[] Php = [(1024, 16, 1), (1024, 16, 16)];

    /// <inheritdoc/>
    public string Name => "echo";

    /// <inheritdoc/>
    public string Title => "Echo at saturation, by size, connections and messages in flight on each";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.Rate, Metric.CpuPerMessage, Metric.P99, Metric.Megabytes];

    /// <inheritdoc/>
    public IReadOnlyList<string> Core { get; } = [.. Full.Select(workload => Text(Handler.Echo, workload.Size, workload.Connections, workload.InFlight))];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        foreach (var (size, connections, inFlight) in arena.Quick ? Short : Full)
            Compare(arena, Handler.Echo, size, connections, inFlight);
        foreach (var (size, connections, inFlight) in Php.Take(arena.Quick ? 1 : Php.Length))
            Compare(arena, Handler.Echo.InPhp, size, connections, inFlight);
    }

    private static string Text(Handler handler, int size, int connections, int inFlight) =>
        $"{Sizes.Text(size)} × {connections} × {inFlight}{(handler.IsPhp ? ", PHP worker" : "")}";

    private void Compare(Arena arena, Handler handler, int size, int connections, int inFlight) =>
        arena.Compare(this, Text(handler, size, connections, inFlight), handler, target =>
        {
            using var load = new LoadGenerator(target.Port, target.Wire, connections, inFlight, new MessageShape(size, size));
            CpuTimes before = default;
            var result = load.RunClosed(inFlight, arena.WarmUp, arena.Duration, () => before = target.Cpu());
            var cpu = target.Cpu() - before;
            return new()
            {
                [Metric.Rate.Key] = result.PerSecond,
                [Metric.Megabytes.Key] = result.PerSecond * size / 1e6,
                [Metric.CpuPerMessage.Key] = cpu.Target.TotalMicroseconds / Math.Max(1, result.Answers),
                [Metric.P50.Key] = load.Times.Milliseconds(0.5),
                [Metric.P99.Key] = load.Times.Milliseconds(0.99),
            };
        });
}
