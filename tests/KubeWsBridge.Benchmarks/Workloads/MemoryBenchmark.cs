using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>What idle sessions hold: the bridge's proportional set size with them, less without them.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private static readonly MessageShape Greeting = new(64, 64);

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public string Title => "Memory of idle sessions that have echoed once";

    /// <inheritdoc/>
    public bool InQuick => false; // idle says nearly the same

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.Base, Metric.PerSession, Metric.PerWorker, Metric.After, Metric.Settled];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        foreach (var (handler, sessions) in new[] { (Handler.Echo, arena.Quick ? 200 : 1000), (Handler.Echo.InPhp, arena.Quick ? 20 : 100) })
            arena.MeasureOnce(this, $"{sessions} sessions{(handler.IsPhp ? ", PHP workers" : "")}", arena.Bridges(handler), bridge => Measure(bridge, handler, sessions, arena));
    }

    private static Dictionary<string, double> Measure(BridgeContender bridge, Handler handler, int sessions, Arena arena)
    {
        using var target = bridge.Start(handler);

        // A few sessions first, so that code and pools are there that any number of sessions would share.
        Hold(target, 8, arena.Settle);
        target.WaitIdle();
        var before = target.Pss;
        var (held, workers) = Hold(target, sessions, arena.Settle);
        if (handler.IsPhp)
            return new() { [Metric.PerWorker.Key] = workers / 1024.0 }; // few sessions say little about the bridge, which does not know PHP from C

        var left = Settling.Watch(() => target.Pss, before, arena.Patience);
        target.WaitIdle();
        return new()
        {
            [Metric.Base.Key] = before / 1048576.0,
            [Metric.PerSession.Key] = (held - before) / 1024.0 / sessions,
            [Metric.PerWorker.Key] = workers / 1024.0,
            [Metric.After.Key] = left.Pss / 1048576.0,
            [Metric.Settled.Key] = left.Seconds,
        };
    }

    private static (long Bridge, double Worker) Hold(BridgeTarget target, int sessions, TimeSpan settle)
    {
        using var load = new LoadGenerator(target.Port, target.Wire, sessions, 1, Greeting);
        load.RunOnce();
        Thread.Sleep(settle);
        var workers = target.Workers;
        return workers.Count == sessions
            ? (target.Pss, workers.Average(ProcFiles.Pss))
            : throw new BenchmarkException($"{workers.Count} workers for {sessions} sessions");
    }
}
