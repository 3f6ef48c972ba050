using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Certificates.Life;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace KubeWsBridge.Hosting.Management;

/// <summary>Collects what the meters say: for Prometheus to fetch, and to send by OTLP where OpenTelemetry's own variables name a receiver.</summary>
internal static class MetricExport
{
    // Names of refusals, ends and launchers, and a close code that a worker can choose: the SDK sets memory aside for so many of each instrument.
    private const int MostSeries = 200;

    private static readonly string[] Receivers = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    // Seconds from launch to back-connection: below a millisecond out of a pool, up to the connect timeout.
    private static readonly double[] LaunchBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    // Seconds of an order: a few where http-01 is answered at once, minutes where DNS has to spread, ten at most.
    private static readonly double[] OrderBounds = [1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600];

    /// <summary>Begins to collect; disposing the result ends it.</summary>
    public static MeterProvider Start()
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("kubewsbridge", serviceVersion: ProgramVersion.Text, serviceInstanceId: Environment.MachineName))
            .AddMeter(BridgeMetrics.MeterName, CertificateMetrics.MeterName)
            .AddView(BridgeMetrics.LaunchDuration, new ExplicitBucketHistogramConfiguration { Boundaries = LaunchBounds, CardinalityLimit = MostSeries })
            .AddView(CertificateMetrics.OrderDuration, new ExplicitBucketHistogramConfiguration { Boundaries = OrderBounds, CardinalityLimit = MostSeries })
            .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MostSeries })
            .AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
        if (Receivers.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
            builder.AddOtlpExporter();
        return builder.Build();
    }
}
