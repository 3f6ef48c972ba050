using KubeWsBridge.Benchmarks.Targets;
using KubeWsBridge.Benchmarks.Workloads;

namespace KubeWsBridge.Benchmarks.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    /// <summary>All of it.</summary>
    public static string Text { get; } = $"""
        Measures the real program from outside, and its peers in the same run, turn by turn; prints medians and their ratios to {Peers.Reference}.

        Usage: dotnet run -c Release --project tests/KubeWsBridge.Benchmarks -- [OPTIONS]

          --quick                Fewer workloads, shorter: about a minute. Good for a look, not for a claim. The whole takes about a quarter of an hour.
          --only NAMES           Only these benchmarks, separated by commas (below).
          --program [NAME=]PATH  The program to measure, for example the NativeAOT one; the default is the build beside the benchmark.
                                 Arguments may follow the path, and the option may be given again to compare builds:
                                 --program jit=out/kubewsbridge --program "aot=/tmp/kwb-aot/kubewsbridge --buffer-size 16384"
          --peers NAMES          Peers to measure, separated by commas (below); the default is those that are installed, with --quick only
                                 {string.Join(" and ", Peers.Few.Select(peer => peer.Name))}. A peer that is named here and missing fails the run.
          --reference NAME       What ratios refer to: a peer, or the name of a program. Default {Peers.Reference}.
          --rounds N             How often everything is measured; medians count. Default 3, with --quick 1.
          --json FILE            Also writes the results as JSON.
          --markdown FILE        Also puts the tables between the markers of a Markdown file (docs/performance.md).

        Benchmarks:
        {Lines(BenchmarkTable.All.Select(benchmark => (benchmark.Name, benchmark.Title)))}

        Peers:
        {Lines(Peers.All.Select(peer => (peer.Name, peer.IsInstalled ? "here" : $"missing; install it with: {peer.Install}")))}

        The worker is a C program (Workers/worker.c) that is compiled for the run, so that it costs as little as a worker can; rows that say so
        have PHP instead. Peers have the same C program as back-end, a process per connection as the bridge has. nginx, haproxy and direct carry
        the payload without any framing: they show what a byte proxy costs, and what generator and worker can do at most. CPU is that of
        what stands in between (user and system, all its processes), without workers and generator.
        """;

    private static string Lines(IEnumerable<(string Name, string Text)> entries) =>
        string.Join('\n', entries.Select(entry => $"  {entry.Name,-12} {entry.Text}"));
}
