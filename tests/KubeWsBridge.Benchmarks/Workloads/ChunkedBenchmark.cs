using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>Workers that write an answer in pieces without TCP_NODELAY: where a delayed acknowledgement would cost 40 ms each.</summary>
internal sealed class ChunkedBenchmark : IBenchmark
{
    private const int Request = 16;

    private static readonly (Handler Handler, int Answer, string Text)[] Answers =
    [
        (Handler.Chunked.InPhp, 65_536, "64 KiB in pieces of 8 KiB, PHP worker"),
        (Handler.Chunked, 65_536, "64 KiB in pieces of 8 KiB"),
        (Handler.Pieces.InPhp, 300, "3 pieces of 100 B, PHP worker"),
        (Handler.Pieces, 300, "3 pieces of 100 B"),
    ];

    /// <inheritdoc/>
    public string Name => "chunked";

    /// <inheritdoc/>
    public string Title => "Answers written in pieces, one question at a time (wanted: 500 answers/s of 64 KiB from PHP)";

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } = [Metric.Answers, Metric.P99];

    /// <inheritdoc/>
    public void Run(Arena arena)
    {
        foreach (var (handler, answer, text) in Answers.Take(arena.Quick ? 1 : Answers.Length))
        {
            arena.Compare(this, text, handler, target =>
            {
                using var load = new LoadGenerator(target.Port, target.Wire, 1, 1, new MessageShape(Request, answer));
                var result = load.RunClosed(1, arena.WarmUp, arena.Duration, static () => { });
                return new() { [Metric.Answers.Key] = result.PerSecond, [Metric.P99.Key] = load.Times.Milliseconds(0.99) };
            });
        }
    }
}
