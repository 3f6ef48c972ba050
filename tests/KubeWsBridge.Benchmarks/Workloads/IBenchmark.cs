using KubeWsBridge.Benchmarks.Results;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>One aspect that is measured.</summary>
internal interface IBenchmark
{
    /// <summary>How <c>--only</c> and JSON call it.</summary>
    string Name { get; }

    /// <summary>One line for help and headings.</summary>
    string Title { get; }

    /// <summary>What its tables show.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Whether it takes part in a quick run of everything.</summary>
    bool InQuick => true;

    /// <summary>The workloads whose mean ratio counts by itself; empty for none.</summary>
    IReadOnlyList<string> Core => [];

    /// <summary>Measures.</summary>
    void Run(Arena arena);
}
