using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>Where contenders meet: starts them, lets them take turns round by round, and writes down medians.</summary>
internal sealed class Arena(Report report, IReadOnlyList<IContender> contenders, int rounds, bool quick, Action<string> progress) : IDisposable
{
    private readonly Dictionary<(IContender, Handler), ITarget> _targets = [];

    /// <summary>Whether the whole run should end within a minute.</summary>
    public bool Quick => quick;

    /// <summary>How many idle workers are held, one number after the other.</summary>
    public required IReadOnlyList<int> Idle { get; init; }

    /// <summary>What is not counted at the begin of a measurement.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(quick ? 0.1 : 0.3);

    /// <summary>What is.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(quick ? 0.3 : 1.0);

    /// <summary>How long memory gets to come to rest before it is measured.</summary>
    public TimeSpan Settle => TimeSpan.FromSeconds(quick ? 0.5 : 2);

    /// <summary>How long memory gets to come down.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(quick ? 1 : 30);

    /// <summary>The builds of the bridge that take this handler.</summary>
    public IEnumerable<BridgeContender> Bridges(Handler handler) => contenders.OfType<BridgeContender>().Where(bridge => bridge.Takes(handler));

    /// <summary>Measures every contender that takes the handler, A B A B, each kept running until <see cref="Clear"/>.</summary>
    public void Compare(IBenchmark benchmark, string workload, Handler handler, Func<ITarget, Dictionary<string, double>> measure) =>
        Measure(benchmark, workload, contenders.Where(contender => contender.Takes(handler)), contender =>
        {
            var target = Target(contender, handler);
            var values = measure(target);
            target.WaitIdle();
            return values;
        });

    /// <summary>Measures these contenders, A B A B.</summary>
    public void Measure<T>(IBenchmark benchmark, string workload, IEnumerable<T> who, Func<T, Dictionary<string, double>> measure)
        where T : IContender => Measure(benchmark, workload, who, rounds, measure);

    /// <summary>Measures these contenders in one round, whatever was asked for: what takes minutes and hardly varies.</summary>
    public void MeasureOnce<T>(IBenchmark benchmark, string workload, IEnumerable<T> who, Func<T, Dictionary<string, double>> measure)
        where T : IContender => Measure(benchmark, workload, who, 1, measure);

    private void Measure<T>(IBenchmark benchmark, string workload, IEnumerable<T> who, int times, Func<T, Dictionary<string, double>> measure)
        where T : IContender
    {
        var entries = who.Select(contender => new Entry(contender)).ToList();
        for (var round = 1; round <= times; round++)
        {
            foreach (var entry in entries.Where(entry => entry.GoesOn))
            {
                progress($"{benchmark.Name}: {workload}: {entry.Contender.Name} ({round}/{times})");
                entry.Add(() => measure((T)entry.Contender));
            }
        }

        report.Add(entries.Select(entry => entry.ToRow(benchmark.Name, workload)));
    }

    /// <summary>Ends all that runs.</summary>
    public void Clear()
    {
        foreach (var target in _targets.Values)
            target.Dispose();
        _targets.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private ITarget Target(IContender contender, Handler handler)
    {
        if (_targets.TryGetValue((contender, handler), out var target))
            return target;
        target = _targets[(contender, handler)] = contender.Start(handler);
        if (handler.Mode == Handler.Echo.Mode)
            Heat(target);
        return target;
    }

    /// <summary>Lets a just-in-time compiler see what is coming before anything counts.</summary>
    private void Heat(ITarget target)
    {
        foreach (var size in new[] { 64, 16 * 1024 })
        {
            using var load = new LoadGenerator(target.Port, target.Wire, 16, 4, new MessageShape(size, size));
            load.RunClosed(4, TimeSpan.Zero, TimeSpan.FromSeconds(quick ? 0.4 : 2), static () => { });
        }

        target.WaitIdle();
    }
}
