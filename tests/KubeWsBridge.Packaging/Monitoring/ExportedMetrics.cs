using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using KubeWsBridge.Certificates.Life;

namespace KubeWsBridge.Packaging.Monitoring;

/// <summary>The instruments of the program, by the names that Prometheus sees.</summary>
public static partial class ExportedMetrics
{
    private static readonly Dictionary<string, string> Units = new() { ["s"] = "_seconds", ["By"] = "_bytes" };

    /// <summary>Names of all series: those of docs/metrics.md, which a test compares with the running program, and those of certificates.</summary>
    public static IReadOnlySet<string> Names { get; } = Documented().Concat(Certificates()).ToHashSet();

    private static IEnumerable<string> Documented() =>
        from row in Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md")))
        let name = row.Groups[1].Value
        from series in row.Groups[2].Value == "histogram" ? Histogram(name) : [name]
        select series;

    private static IEnumerable<string> Certificates()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        listener.Start();
        using var certificates = new CertificateMetrics();
        return [.. instruments.Where(instrument => instrument.Meter.Name == CertificateMetrics.MeterName).SelectMany(Series)];
    }

    private static IEnumerable<string> Series(Instrument instrument)
    {
        var unit = Units.GetValueOrDefault(instrument.Unit ?? "", "");
        var name = instrument.Name.Replace('.', '_');
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return instrument switch
        {
            Histogram<double> => Histogram(name),
            Counter<long> => [$"{name}_total"],
            _ => [name],
        };
    }

    private static string[] Histogram(string name) => [$"{name}_bucket", $"{name}_count", $"{name}_sum"];

    [GeneratedRegex(@"^\| `(kubewsbridge_\w+)` \| [^|]+ \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
