using KubeWsBridge.Benchmarks.Cli;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;
using KubeWsBridge.Benchmarks.Workloads;

namespace KubeWsBridge.Benchmarks;

/// <summary>One run from options to report.</summary>
internal sealed class BenchmarkRun(BenchmarkOptions options, string commandLine)
{
    /// <summary>Measures what the options ask for.</summary>
    /// <exception cref="UsageException">A peer that was asked for is missing, or nothing can play the worker.</exception>
    public Report Measure()
    {
        var folder = Directory.CreateTempSubdirectory("kwb-benchmark-").FullName;
        try
        {
            var workers = new WorkerPrograms(folder);
            if (workers.Compiled is null && workers.Php is null)
                throw new UsageException("Neither a C compiler nor PHP is here to play the worker. Install one: apt-get install gcc libc6-dev, or php8.2-cli.");
            var programs = options.Programs.Count > 0 ? options.Programs : BridgeProgram.Default;
            var peers = InstalledPeers();
            var report = NewReport(workers, programs, peers);
            using var arena = new Arena(
                report,
                [.. programs.Select(program => new BridgeContender(program, workers)), .. peers.Select(peer => new PeerContender(peer, workers))],
                options.Rounds ?? (options.Quick ? 1 : 3), options.Quick, Console.Error.WriteLine)
            {
                Idle = options.Idle ?? (options.Quick ? [50, 200] : [50, 200, 1000]),
            };
            foreach (var benchmark in BenchmarkTable.All.Where(IsWanted))
            {
                benchmark.Run(arena);
                arena.Clear();
            }

            if (report.Rows.All(row => row.Contender != report.Reference))
                Console.Error.WriteLine($"Ratios are left out: {report.Reference} took no part.");
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private bool IsWanted(IBenchmark benchmark) =>
        options.Only.Count > 0 ? options.Only.Contains(benchmark.Name) : benchmark.InQuick || !options.Quick;

    private List<IPeer> InstalledPeers()
    {
        var wanted = options.Peers ?? [.. (options.Quick ? Peers.Few : Peers.All).Select(peer => peer.Name)];
        foreach (var missing in Peers.All.Where(peer => !peer.IsInstalled && wanted.Contains(peer.Name)))
        {
            var hint = $"The peer {missing.Name} is missing; install it with: {missing.Install}";
            if (options.Peers is not null)
                throw new UsageException(hint);
            Console.Error.WriteLine(hint);
        }

        return [.. Peers.All.Where(peer => peer.IsInstalled && wanted.Contains(peer.Name))];
    }

    private Report NewReport(WorkerPrograms workers, IReadOnlyList<BridgeProgram> programs, List<IPeer> peers) => new()
    {
        Command = commandLine,
        Began = DateTimeOffset.UtcNow,
        Machine = Machine.Current(),
        Reference = options.Reference,
        Worker = workers.Compiled is null
            ? "PHP only: there is no C compiler, so peers have no back-end (apt-get install gcc libc6-dev)"
            : $"worker.c, compiled by {Path.GetFileName(workers.Compiler)}{(workers.Php is null ? "; no PHP rows: apt-get install php8.2-cli" : "; PHP where the row says so")}",
        Contenders = programs.Select(program => (program.Name, program.ToString()))
            .Concat(peers.Select(peer => (peer.Name, peer.Wire == Load.Wire.Raw ? "no framing" : "WebSocket"))).ToDictionary(),
    };
}
