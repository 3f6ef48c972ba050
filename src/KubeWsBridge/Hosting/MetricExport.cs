using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Certificates.Life;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace KubeWsBridge.Hosting;

/// <summary>
/// Collects what the meters say: for Prometheus to fetch at the operator's port, and, with or without that port, to send by OTLP where OpenTelemetry's
/// own variables name a receiver. Disposing it sends the last figures.
/// </summary>
internal sealed class MetricExport : IDisposable
{
    // Names of refusals, ends and launchers, and registered close codes: the SDK sets memory aside for so many of each instrument, and counts what comes
    // later as one, without its labels.
    private const int MostSeries = 200;

    private static readonly string[] Receivers = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    // Seconds from launch to back-connection: below a millisecond out of a pool, up to the connect timeout.
    private static readonly double[] LaunchBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    // Seconds of an order: a few where http-01 is answered at once, minutes where DNS has to spread, ten at most.
    private static readonly double[] OrderBounds = [1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600];

    // A receiver that does not answer must not hold up the exit: a drain reckons with a few seconds in all behind the last session.
    private const int LastSendMilliseconds = 1000;

    private readonly MeterProvider? _collected;

    private MetricExport(MeterProvider? collected) => _collected = collected;

    /// <summary>Begins to collect, if there is anybody to collect for.</summary>
    /// <param name="isServed">Whether Prometheus may come: <see cref="Serve"/> will be called.</param>
    /// <param name="logger">Hears where else the figures go.</param>
    public static MetricExport Start(bool isServed, ILogger logger)
    {
        var receiver = Receivers.FirstOrDefault(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        if (!isServed && receiver is null)
            return new MetricExport(null);
        var builder = Collect();
        if (isServed)
            builder.AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
        if (receiver is not null)
        {
            builder.AddOtlpExporter();
            HostingLog.SendingMetrics(logger, receiver);
        }

        return new MetricExport(builder.Build());
    }

    /// <summary>Shows the figures to Prometheus.</summary>
    public void Serve(IApplicationBuilder app) => app.UseOpenTelemetryPrometheusScrapingEndpoint(_collected, null, "/metrics", null, null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _collected?.Shutdown(LastSendMilliseconds);
        _collected?.Dispose();
    }

    private static MeterProviderBuilder Collect() =>
        Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("kubewsbridge", serviceVersion: ProgramVersion.Text, serviceInstanceId: Environment.MachineName))
            .AddMeter(BridgeMetrics.MeterName, CertificateMetrics.MeterName)
            .AddView(BridgeMetrics.LaunchDuration, new ExplicitBucketHistogramConfiguration { Boundaries = LaunchBounds, CardinalityLimit = MostSeries })
            .AddView(CertificateMetrics.OrderDuration, new ExplicitBucketHistogramConfiguration { Boundaries = OrderBounds, CardinalityLimit = MostSeries })
            .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MostSeries });
}
