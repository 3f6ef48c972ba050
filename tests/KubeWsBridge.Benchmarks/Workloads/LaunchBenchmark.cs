using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>What a PHP worker costs by each launcher: its start, and its idle life.</summary>
internal sealed class LaunchBenchmark : IBenchmark
{
    private const int AtATime = 4;

    /// <inheritdoc/>
    public string Name => "launch";

    /// <inheritdoc/>
    public string Title => "PHP workers by launcher: connect to first echoed byte, and memory (wanted of fork: a third of process's CPU, 0.6 MiB at 200)";

    /// <inheritdoc/>
    public bool InQuick => false; // a PHP process takes its time to start, and hundreds of them theirs

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.P50, Metric.P99, Metric.WorkerCpu, Metric.TreeCpu, Metric.Connects, Metric.PerIdleWorker];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        if (arena.Bridges(Handler.Echo.InPhp).FirstOrDefault() is not { } bridge)
            return;

        List<ILaunchContender> contenders =
        [
            new LaunchContender("process", "process", bridge, null),
            new LaunchContender("pool", "pool", bridge, "--pool-preload", "--pool-size", "8"),
            new LaunchContender("fork", "fork", bridge, "--fork-preload"),
            new LaunchContender("fork, 8 spares", "fork", bridge, "--fork-preload", "--fork-spares", "8"),
        ];
        if (PhpFpm.Program is not null)
            contenders.Add(new FastCgiContender(bridge));
        else
            Console.Error.WriteLine($"The launcher fastcgi is left out: PHP-FPM is missing; install it with: {PhpFpm.Install}");
        var application = new GeneratedApplication(bridge.Workers);
        string[] large = ["--php-executable", bridge.Workers.Php!, "--script", application.Script];
        foreach (var (name, worker, preload) in new[]
        {
            ("trivial", bridge.Workers.BridgeArguments(Handler.Echo.InPhp), null),
            ("300 classes", large, application.Preload),
        })
        {
            foreach (var clients in new[] { 1, AtATime })
                arena.Measure(this, $"{name}, {clients} at a time", contenders, contender => Connect(contender.Start(worker, preload, clients), clients, arena));
            foreach (var sessions in arena.Idle)
                arena.MeasureOnce(this, $"{name}, {sessions} idle", contenders, contender => Hold(contender.Start(worker, preload, sessions), sessions, arena));
        }
    }

    private static Dictionary<string, double> Connect(LaunchTarget target, int clients, Arena arena)
    {
        using (target)
        {
            var atRest = Rest(target.Bridge, arena, arena.Duration * 6);
            var (before, workersBefore) = (target.Cpu, target.WorkersCpu);
            var churn = new ChurnClients(target.Bridge.Port, target.Bridge.Wire, clients);
            var result = churn.Run(arena.Duration * 8);
            target.Bridge.WaitForProcesses(atRest);
            return new()
            {
                [Metric.P50.Key] = churn.FirstEcho.Milliseconds(0.5),
                [Metric.P99.Key] = churn.FirstEcho.Milliseconds(0.99),
                [Metric.WorkerCpu.Key] = (target.WorkersCpu - workersBefore).TotalMilliseconds / result.Answers,
                [Metric.TreeCpu.Key] = (target.Cpu - before).TotalMilliseconds / result.Answers,
                [Metric.Connects.Key] = result.PerSecond,
            };
        }
    }

    private static Dictionary<string, double> Hold(LaunchTarget target, int sessions, Arena arena)
    {
        using (target)
        {
            Rest(target.Bridge, arena, arena.WarmUp);
            var before = target.MemoryBelow;
            using var clients = new IdleClients(target.Bridge.Port, sessions);
            Thread.Sleep(arena.Settle);
            clients.Check();
            return new() { [Metric.PerIdleWorker.Key] = (target.MemoryBelow - before + target.PoolMemory) / 1048576.0 / sessions };
        }
    }

    /// <summary>Has it serve for a while and come to rest: launchers prepare in the background, and what the bridge compiles for the first
    /// hundred sessions is not theirs. Returns how many processes it keeps.</summary>
    private static int Rest(BridgeTarget target, Arena arena, TimeSpan warmUp)
    {
        Thread.Sleep(arena.Settle);
        new ChurnClients(target.Port, target.Wire, AtATime).Run(warmUp);
        Thread.Sleep(arena.Settle);
        return target.Processes;
    }
}
