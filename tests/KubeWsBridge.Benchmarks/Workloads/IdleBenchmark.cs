using System.Diagnostics;
using System.Globalization;
using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>
/// Thousands of sessions that do nothing, on workers that all live in one process: what a session costs the bridge when its worker's own process
/// does not count.
/// </summary>
internal sealed class IdleBenchmark : IBenchmark
{
    private const int First = 100;

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public string Title => "Thousands of idle sessions, their workers in one process (wanted: 4 KiB a session, two descriptors)";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
        [Metric.Base, Metric.PerSession, Metric.Descriptors, Metric.Opened, Metric.After, Metric.Settled];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        var sessions = arena.Quick ? 400 : 9000;
        var idle = TimeSpan.FromSeconds(arena.Quick ? 1 : 15);
        var workload = string.Create(CultureInfo.InvariantCulture, $"{sessions:N0} sessions, {idle.TotalSeconds:0} s after the last echo");
        arena.MeasureOnce(this, workload, arena.Bridges(Handler.Echo), bridge => Measure(bridge, sessions, idle, arena));
    }

    private static Dictionary<string, double> Measure(BridgeContender bridge, int sessions, TimeSpan idle, Arena arena)
    {
        using var crowd = new Crowd(bridge.Workers);
        using var target = bridge.Start(crowd.BridgeArguments);

        // Some sessions first, so that code and pools are there that any number of sessions would share.
        var descriptors = target.Descriptors;
        using (new IdleClients(target.Port, First))
        {
        }

        target.WaitForDescriptors(descriptors + 2);
        Thread.Sleep(arena.Settle);
        var (before, began) = (target.Pss, Stopwatch.GetTimestamp());
        descriptors = target.Descriptors;
        var values = new Dictionary<string, double> { [Metric.Base.Key] = before / 1048576.0 };
        using (var clients = new IdleClients(target.Port, sessions))
        {
            values[Metric.Opened.Key] = sessions / Stopwatch.GetElapsedTime(began).TotalSeconds;
            Thread.Sleep(idle);
            clients.Check();
            values[Metric.PerSession.Key] = (target.Pss - before) / 1024.0 / sessions;
            values[Metric.Descriptors.Key] = (target.Descriptors - descriptors) / (double)sessions;
        }

        var left = Settling.Watch(() => target.Pss, before, arena.Patience);
        target.WaitForDescriptors(descriptors + 2);
        values[Metric.After.Key] = left.Pss / 1048576.0;
        values[Metric.Settled.Key] = left.Seconds;
        return values;
    }
}
