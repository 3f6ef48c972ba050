using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Cli;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>Fewer workloads, shorter and fewer rounds.</summary>
    public bool Quick { get; init; }

    /// <summary>Only the help is wanted.</summary>
    public bool Help { get; init; }

    /// <summary>Names of benchmarks; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The builds of the bridge; empty for the default.</summary>
    public IReadOnlyList<BridgeProgram> Programs { get; init; } = [];

    /// <summary>Names of peers; null for those that are installed, or only some of them when quick.</summary>
    public IReadOnlyList<string>? Peers { get; init; }

    /// <summary>The contender that ratios refer to.</summary>
    public string Reference { get; init; } = Targets.Peers.Reference;

    /// <summary>How many idle workers the launch benchmark holds, one after the other; null for the default: 50, 200 and 1,000, or without the last when quick.</summary>
    public IReadOnlyList<int>? Idle { get; init; }

    /// <summary>Rounds; null for the default: 3, or 1 when quick.</summary>
    public int? Rounds { get; init; }

    /// <summary>A file for the results as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>A Markdown file whose marked part gets the tables.</summary>
    public string? Markdown { get; init; }
}
