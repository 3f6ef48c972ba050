using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Certificates.Life;
using KubeWsBridge.Hosting.Draining;
using KubeWsBridge.Hosting.Reloading;
using KubeWsBridge.Tests.Hosting.Draining;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeWsBridge.Tests.Hosting.Management;

/// <summary>docs/metrics.md, made of the instruments. That the names are exported is asserted on the real program (ManagementTests).</summary>
public class MetricDocumentTests
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["kubewsbridge.sessions"] = "state",
        ["kubewsbridge.sessions.ended"] = "end, code",
        ["kubewsbridge.refusals"] = "name",
        ["kubewsbridge.launch.duration"] = "launcher",
        ["kubewsbridge.io"] = "direction",
        ["kubewsbridge.messages"] = "direction",
        ["kubewsbridge.certificates.not_after"] = "certificate",
        ["kubewsbridge.certificates.order.duration"] = "issuer, outcome",
        ["kubewsbridge.certificates.order.steps"] = "step",
        ["kubewsbridge.certificates.swaps"] = "certificate",
        ["kubewsbridge.drains"] = "outcome",
        ["kubewsbridge.drain.state"] = "state",
        ["kubewsbridge.config.reloads"] = "outcome",
    };

    [Fact]
    public void Page_InTheRepository_IsCurrent()
    {
        var (file, page) = (Path.Combine(RepositoryRoot(), "docs", "metrics.md"), Page());
        if (Environment.GetEnvironmentVariable("KWB_UPDATE_DOCS") == "1")
            File.WriteAllText(file, page);
        Assert.True(File.Exists(file) && File.ReadAllText(file) == page,
            "docs/metrics.md is not what the instruments make; run the tests once with KWB_UPDATE_DOCS=1.");
    }

    [Fact]
    public void Labels_EveryOneNamed_BelongsToAnInstrument() => Assert.Empty(Labels.Keys.Except(Instruments().Select(instrument => instrument.Name)));

    private static string Page()
    {
        var page = new StringBuilder("""
            # Metrics

            What `/metrics` at the management address (`--management-address`) shows to Prometheus, and what goes out by OTLP where OpenTelemetry's variables name a
            receiver (`OTEL_EXPORTER_OTLP_ENDPOINT`), with or without the management address, under its own names. Every series has the label `otel_scope_name="KubeWsBridge"` besides, or
            `otel_scope_name="KubeWsBridge.Certificates"` those of certificates, which are there with `--tls-mode automate`.

            Made from the instruments in `BridgeMetrics.cs`, `DrainMetrics.cs` and `CertificateMetrics.cs`; a test keeps it current.

            Labels of `kubewsbridge_sessions_ended_total`: `end` says who ended the session and why, and is `client-closed`, `client-gone`, `worker-finished`, `worker-closed`, `faulted` or a
            name from [refusals.md](refusals.md). `code` is the close code, 1000 to 1014, or `_OTHER` for one of those that client or worker may choose freely (3000 to 4999); the log has the
            number. With `client-closed` the client chose the code, whatever it is, so alerts should go by `end`.

            | Prometheus | OpenTelemetry | type | labels | what it is |
            |---|---|---|---|---|

            """);
        foreach (var instrument in Instruments().OrderBy(instrument => instrument.Name, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture,
                $"| `{PrometheusName(instrument)}` | `{instrument.Name}` | {Type(instrument)} | {Labels.GetValueOrDefault(instrument.Name)} | {instrument.Description} |\n");
        return page.ToString();
    }

    private static List<Instrument> Instruments()
    {
        using var metrics = new BridgeMetrics();
        metrics.Observe(() => [], () => 0, () => (0, 0), () => (0, 0));
        metrics.ObserveMemory(() => (0, 0), () => 0);
        using var certificates = new CertificateMetrics();
        using var reload = new ReloadMetrics(() => true);
        using var drain = new Drain(new DrainOptions(), new AdmissionGate(new AdmissionOptions()), new FakeSessions(), TimeProvider.System, NullLogger.Instance);
        var found = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is BridgeMetrics.MeterName or CertificateMetrics.MeterName)
                    found[instrument.Name] = instrument; // other tests may have bridges of their own at the same time, with the same instruments
            },
        };
        listener.Start();
        return [.. found.Values];
    }

    /// <summary>The exporter's rule: dots become underscores, the unit follows, and counters end with _total.</summary>
    private static string PrometheusName(Instrument instrument) =>
        instrument.Name.Replace('.', '_')
        + instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", _ => "" }
        + (instrument is Counter<long> or ObservableCounter<long> ? "_total" : "");

    private static string Type(Instrument instrument) =>
        instrument is Counter<long> or ObservableCounter<long> ? "counter" : instrument is Histogram<double> ? "histogram" : "gauge";

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KubeWsBridge.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run inside the repository.");
        return folder.FullName;
    }
}
