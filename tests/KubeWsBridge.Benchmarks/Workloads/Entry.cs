using KubeWsBridge.Benchmarks.Load;
using KubeWsBridge.Benchmarks.Results;
using KubeWsBridge.Benchmarks.Targets;

namespace KubeWsBridge.Benchmarks.Workloads;

/// <summary>A contender at one workload: its rounds so far, or why there are none.</summary>
internal sealed class Entry(IContender contender)
{
    private readonly List<Dictionary<string, double>> _rounds = [];
    private string? _error;

    /// <summary>Who it is.</summary>
    public IContender Contender => contender;

    /// <summary>Whether another round makes sense.</summary>
    public bool GoesOn => _error is null;

    /// <summary>Measures a round.</summary>
    public void Add(Func<Dictionary<string, double>> measure)
    {
        try
        {
            _rounds.Add(measure());
        }
        catch (BenchmarkException exception)
        {
            _error = exception.Message;
        }
    }

    /// <summary>The medians.</summary>
    public Row ToRow(string benchmark, string workload) => new()
    {
        Benchmark = benchmark,
        Workload = workload,
        Contender = contender.Name,
        Rounds = _rounds.Count,
        Values = Statistics.Medians(_rounds),
        Error = _error,
    };
}
