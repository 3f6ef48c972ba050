using KubeWsBridge.Benchmarks.Load.Tls;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;
using KubeWsBridge.Benchmarks.Targets.Tls;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>What TLS costs when the bridge ends it, beside nginx in front of the plain bridge.</summary>
internal sealed class TlsBenchmark : IBenchmark
{
    private const double Gibibyte = 1 << 30;
    private const int Clients = 4;

    private static readonly (int Size, int Connections, int InFlight)[] Echoes =
        [(1024, 16, 1), (1024, 16, 16), (1024, 64, 1), (16 * 1024, 16, 1), (256 * 1024, 4, 1)];

    /// <inheritdoc/>
    public string Name => "tls";

    /// <inheritdoc/>
    public string Title => "TLS 1.3, P-256: ended by the bridge (wss), and by nginx in front of the plain bridge (wanted: CPU at 1 KiB at most 1.3 of that)";

    /// <inheritdoc/>
    public bool InQuick => false; // a minute by itself

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
        [Metric.Handshakes, Metric.CpuPerHandshake, Metric.Rate, Metric.CpuPerMessage, Metric.CpuPerGibibyte, Metric.P99];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        if (arena.Bridges(Handler.Echo).FirstOrDefault() is not { } bridge)
            return;

        using var context = new TlsContext();
        var certificate = new TlsCertificate(bridge.Workers.NewFolder("tls"));
        List<IContender> contenders = [new TlsBridge(bridge, certificate)];
        if (TlsNginx.IsInstalled)
            contenders.Add(new TlsNginx(bridge, certificate));
        foreach (var resume in new[] { false, true })
            arena.Measure(this, $"{(resume ? "resumed" : "full")} handshake and a refused request, {Clients} at a time", contenders,
                contender => Shake(contender, context, resume, arena));
        foreach (var (size, connections, inFlight) in Echoes)
            arena.Measure(this, $"{Sizes.Text(size)} × {connections} × {inFlight}", contenders,
                contender => Echo(contender, context, size, connections, inFlight, arena));
    }

    private static Dictionary<string, double> Shake(IContender contender, TlsContext context, bool resume, Arena arena)
    {
        using var target = contender.Start(Handler.Echo);
        new TlsHandshakes(context, target.Port, Clients, resume).Run(arena.Duration); // for the just-in-time compiler
        var before = target.Cpu();
        var result = new TlsHandshakes(context, target.Port, Clients, resume).Run(arena.Duration * 3);
        return new()
        {
            [Metric.Handshakes.Key] = result.PerSecond,
            [Metric.CpuPerHandshake.Key] = (target.Cpu() - before).Target.TotalMilliseconds / result.Answers,
        };
    }

    private static Dictionary<string, double> Echo(IContender contender, TlsContext context, int size, int connections, int inFlight, Arena arena)
    {
        using var target = contender.Start(Handler.Echo);
        var clients = new TlsEchoClients(context, target.Port, connections, size, inFlight);
        CpuTimes before = default;
        TimeSpan cpu = default;
        var result = clients.Run(arena.WarmUp + arena.Duration, arena.Duration * 2, () => before = target.Cpu(), () => cpu = (target.Cpu() - before).Target);
        target.WaitIdle();
        return new()
        {
            [Metric.Rate.Key] = result.PerSecond,
            [Metric.CpuPerMessage.Key] = cpu.TotalMicroseconds / result.Answers,
            [Metric.CpuPerGibibyte.Key] = cpu.TotalSeconds / (result.Answers * (double)size / Gibibyte),
            [Metric.P99.Key] = clients.Times.Milliseconds(0.99),
        };
    }
}
