using KubeWsBridge.Benchmarks.Targets;
using KubeWsBridge.Benchmarks.Workloads;

namespace KubeWsBridge.Benchmarks.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    private const string Braced = "{folder}";

    /// <summary>All of it.</summary>
    public static string Text { get; } = $"""
        Measures the real program from outside, and its peers in the same run, turn by turn; prints medians and their ratios to {Peers.Reference}.

        Usage: dotnet run -c Release --project tests/KubeWsBridge.Benchmarks -- [OPTIONS]

          --quick                Less than a minute, one round. Good for a look, not for a claim; the whole takes about half an hour. Covers echo
                                 at five sizes and loads and with PHP, round trips at 1,000 messages/s, 16 workers that push, 64 KiB from PHP in
                                 pieces, 8 connections at a time that come and go, 400 idle sessions, and the start.
          --only NAMES           Only these benchmarks, separated by commas (below).
          --program [NAME=]PATH  The program to measure, for example the NativeAOT one. Arguments may follow the path, and the option may be given
                                 again to compare builds; {Braced} becomes a fresh folder of each start:
                                 --program jit=out/kubewsbridge --program "aot=/tmp/kwb-aot/kubewsbridge --tcp-bind unix:{Braced}/w.sock"
                                 The default is the build beside the benchmark with each of its data paths:
        {Lines(BridgeProgram.Default.Select(program => (program.Name, program.ToString())), 33)}
          --peers NAMES          Peers to measure, separated by commas (below); the default is those that are installed, with --quick only
                                 {string.Join(" and ", Peers.Few.Select(peer => peer.Name))}. A peer that is named here and missing fails the run.
          --reference NAME       What ratios refer to: a peer, or the name of a program. Default {Peers.Reference}.
          --rounds N             How often everything is measured; medians count. Default 3, with --quick 1.
          --idle NUMBERS         How many idle workers 'launch' holds, one number after the other. Default 50,200,1000, with --quick 50,200.
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

    private static string Lines(IEnumerable<(string Name, string Text)> entries, int indent = 2) =>
        string.Join('\n', entries.Select(entry => $"{new string(' ', indent)}{entry.Name,-12} {entry.Text}"));
}
