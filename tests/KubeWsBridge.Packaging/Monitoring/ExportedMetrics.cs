using System.Diagnostics.Metrics;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Certificates.Life;

namespace KubeWsBridge.Packaging.Monitoring;

/// <summary>The instruments of the program, by the names that Prometheus sees.</summary>
public static class ExportedMetrics
{
    private static readonly Dictionary<string, string> Units = new() { ["s"] = "_seconds", ["By"] = "_bytes" };

    /// <summary>Names of all series, the announced ones too.</summary>
    public static IReadOnlySet<string> Names { get; } = Find().Concat(Announced.Metrics).ToHashSet();

    private static IEnumerable<string> Find()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        listener.Start();
        using var bridge = new BridgeMetrics();
        bridge.Observe(() => [], () => 0, () => (0, 0));
        using var certificates = new CertificateMetrics();
        return [.. instruments.Where(instrument => instrument.Meter.Name.StartsWith("KubeWsBridge", StringComparison.Ordinal)).SelectMany(Series)];
    }

    private static IEnumerable<string> Series(Instrument instrument)
    {
        var unit = Units.GetValueOrDefault(instrument.Unit ?? "", "");
        var name = instrument.Name.Replace('.', '_');
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return instrument switch
        {
            Histogram<double> => [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            Counter<long> => [$"{name}_total"],
            _ => [name],
        };
    }
}
