using System.Globalization;
using KubeWsBridge.Benchmarks.Workloads;

namespace KubeWsBridge.Benchmarks.Results;

/// <summary>One metric of one benchmark: workloads down, contenders across, ratios to the reference in parentheses.</summary>
internal sealed class Table
{
    private readonly List<string[]> _lines = [];

    private Table(string title, IEnumerable<string> head)
    {
        Title = title;
        _lines.Add([.. head]);
    }

    /// <summary>What it shows.</summary>
    public string Title { get; }

    /// <summary>The table of a metric; null when nothing of it was measured.</summary>
    public static Table? Of(Report report, IBenchmark benchmark, Metric metric)
    {
        var rows = report.Rows.Where(row => row.Benchmark == benchmark.Name).ToList();
        var measured = rows.Where(row => row.Values.GetValueOrDefault(metric.Key) > 0).ToList();
        if (measured.Count == 0)
            return null;

        var contenders = measured.Select(row => row.Contender).Distinct().ToList();
        var table = new Table(metric.Title, ["", .. contenders]);
        foreach (var workload in measured.Select(row => row.Workload).Distinct())
            table._lines.Add([workload, .. contenders.Select(name => Cell(rows.Find(row => row.Workload == workload && row.Contender == name), metric))]);
        table.AddMean("geometric mean of ratios", contenders, measured, metric, needed: 0);
        var core = measured.FindAll(row => benchmark.Core.Contains(row.Workload));
        var workloads = core.Select(row => row.Workload).Distinct().Count();
        if (workloads > 0)
            table.AddMean($"the same, C worker: {workloads} of {benchmark.Core.Count}", contenders, core, metric, needed: workloads);
        return table;
    }

    /// <summary>The table as Markdown; without the bars' meaning it reads well on a terminal too.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = Enumerable.Range(0, _lines[0].Length).Select(column => _lines.Max(line => line[column].Length)).ToArray();
        yield return Line(_lines[0], widths);
        yield return "|" + string.Concat(widths.Select((width, column) => column == 0 ? new string('-', width + 2) + "|" : new string('-', width + 1) + ":|"));
        foreach (var line in _lines.Skip(1))
            yield return Line(line, widths);
    }

    private static string Line(string[] cells, int[] widths) =>
        "|" + string.Concat(cells.Select((cell, column) => $" {(column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))} |"));

    private static string Cell(Row? row, Metric metric)
    {
        if (row is null)
            return "";
        if (!row.Values.TryGetValue(metric.Key, out var value))
            return row.Error is null ? "" : "failed";
        if (double.IsInfinity(value))
            return "not";
        var text = value.ToString("N" + metric.Digits, CultureInfo.InvariantCulture);
        return row.Ratios.TryGetValue(metric.Key, out var ratio) ? $"{text} ({Ratio(ratio)})" : text;
    }

    private static string Ratio(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <param name="title">What it is the mean of.</param>
    /// <param name="contenders">The columns.</param>
    /// <param name="rows">What to take the mean of.</param>
    /// <param name="metric">Of what.</param>
    /// <param name="needed">With fewer ratios than this a mean would not compare with others', so there is none.</param>
    private void AddMean(string title, List<string> contenders, List<Row> rows, Metric metric, int needed)
    {
        var ratios = contenders.ConvertAll(name => rows.FindAll(row => row.Contender == name && row.Ratios.GetValueOrDefault(metric.Key) > 0)
            .ConvertAll(row => row.Ratios[metric.Key]));
        if (ratios.Max(list => list.Count) >= 2)
            _lines.Add([title, .. ratios.Select(list => Mean(list, needed))]);
    }

    private static string Mean(List<double> ratios, int needed) =>
        ratios.Count == 0 ? "" : ratios.Count < needed ? "incomplete" : $"({Ratio(Statistics.GeometricMean(ratios)!.Value)})";
}
