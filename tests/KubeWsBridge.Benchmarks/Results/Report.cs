namespace KubeWsBridge.Benchmarks.Results;

/// <summary>A whole run.</summary>
public sealed class Report
{
    /// <summary>The command line that made it.</summary>
    public required string Command { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>Where.</summary>
    public required Machine Machine { get; init; }

    /// <summary>What played the worker.</summary>
    public required string Worker { get; init; }

    /// <summary>Versions or paths of what was measured, by name.</summary>
    public required IReadOnlyDictionary<string, string> Contenders { get; init; }

    /// <summary>The contender that ratios refer to.</summary>
    public required string Reference { get; init; }

    /// <summary>All results.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>Adds a row and its ratios to the reference, which comes first among the rows of a workload.</summary>
    public void Add(IEnumerable<Row> workload)
    {
        var rows = workload.ToList();
        if (rows.Find(row => row.Contender == Reference) is { } reference)
        {
            foreach (var row in rows.Where(row => row != reference))
            {
                foreach (var (key, value) in row.Values)
                {
                    if (reference.Values.TryGetValue(key, out var measure) && measure > 0 && value > 0 && double.IsFinite(value / measure))
                        row.Ratios[key] = value / measure;
                }
            }
        }

        Rows.AddRange(rows);
    }
}
