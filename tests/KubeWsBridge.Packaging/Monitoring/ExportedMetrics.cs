using System.Text.RegularExpressions;

namespace KubeWsBridge.Packaging.Monitoring;

/// <summary>The instruments of the program, by the names that Prometheus sees.</summary>
public static partial class ExportedMetrics
{
    /// <summary>Names of all series: those of docs/metrics.md, which a test compares with the running program.</summary>
    public static IReadOnlySet<string> Names { get; } = Documented().ToHashSet();

    private static IEnumerable<string> Documented() =>
        from row in Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md")))
        let name = row.Groups[1].Value
        from series in row.Groups[2].Value == "histogram" ? Histogram(name) : [name]
        select series;

    private static string[] Histogram(string name) => [$"{name}_bucket", $"{name}_count", $"{name}_sum"];

    [GeneratedRegex(@"^\| `(kubewsbridge_\w+)` \| [^|]+ \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
