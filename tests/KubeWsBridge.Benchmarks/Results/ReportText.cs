using System.Globalization;
using KubeWsBridge.Benchmarks.Workloads;

namespace KubeWsBridge.Benchmarks.Results;

/// <summary>A report as text: Markdown that a terminal can show too.</summary>
internal static class ReportText
{
    private const string Begin = "<!-- benchmark:begin -->";
    private const string End = "<!-- benchmark:end -->";

    /// <summary>All lines.</summary>
    public static IEnumerable<string> Lines(Report report)
    {
        yield return $"Made by `{report.Command.TrimEnd()}` on {report.Began.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {report.Machine}.";
        yield return $"Worker: {report.Worker}.";
        yield return $"Contenders: {string.Join("; ", report.Contenders.Select(pair => $"**{pair.Key}** {pair.Value}"))}.";
        yield return report.Contenders.ContainsKey(report.Reference)
            ? $"Medians of interleaved rounds; in parentheses the ratio to {report.Reference}."
            : "Medians of interleaved rounds.";
        foreach (var benchmark in BenchmarkTable.All)
        {
            var tables = benchmark.Metrics.Select(metric => Table.Of(report, benchmark, metric)).OfType<Table>().ToList();
            if (tables.Count > 0)
                yield return $"\n### {benchmark.Title}";
            foreach (var line in tables.SelectMany(table => table.Lines().Prepend($"\n{table.Title}:\n")))
                yield return line;
        }

        foreach (var row in report.Rows.Where(row => row.Error is not null))
            yield return $"\nFailed: {row.Benchmark}, {row.Workload}, {row.Contender}: {row.Error}.";
    }

    /// <summary>Puts the report between the markers of a Markdown file, which it makes if it is not there.</summary>
    public static void Update(Report report, string file)
    {
        var text = File.Exists(file) ? File.ReadAllText(file) : $"# Performance\n\n{Begin}\n{End}\n";
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{file} has no line '{Begin}' before a line '{End}'.");
        File.WriteAllText(file, $"{text[..(begin + Begin.Length)]}\n{string.Join('\n', Lines(report))}\n{text[end..]}");
    }
}
