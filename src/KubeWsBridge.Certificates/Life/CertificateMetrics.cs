using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KubeWsBridge.Certificates.Acme.Ordering;

namespace KubeWsBridge.Certificates.Life;

/// <summary>The instruments of certificates from an authority; whoever exports them listens to the meter.</summary>
public sealed class CertificateMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KubeWsBridge.Certificates";

    /// <summary>The name of the histogram of orders.</summary>
    public const string OrderDuration = "kubewsbridge.certificates.order.duration";

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _notAfter = new(StringComparer.Ordinal);
    private readonly Histogram<double> _orders;
    private readonly Counter<long> _steps;
    private readonly Counter<long> _swaps;

    /// <summary>Creates the meter and its instruments.</summary>
    public CertificateMetrics()
    {
        _orders = _meter.CreateHistogram<double>(OrderDuration, "s", "Orders, by authority and outcome.");
        _steps = _meter.CreateCounter<long>("kubewsbridge.certificates.order.steps", "{step}", "Steps of orders, by name.");
        _swaps = _meter.CreateCounter<long>("kubewsbridge.certificates.swaps", "{certificate}", "Certificates that came to be served.");
        _meter.CreateObservableGauge("kubewsbridge.certificates.not_after", Expiries, "s", "When certificates that are served expire, in Unix time.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Ordered(string issuer, string outcome, TimeSpan duration) =>
        _orders.Record(duration.TotalSeconds, new("issuer", issuer), new("outcome", outcome));

    internal void Stepped(OrderStep step) => _steps.Add(1, new KeyValuePair<string, object?>("step", step.ToString()));

    internal void Swapped(string certificate, DateTimeOffset notAfter)
    {
        _notAfter[certificate] = notAfter;
        _swaps.Add(1, new KeyValuePair<string, object?>("certificate", certificate));
    }

    private IEnumerable<Measurement<long>> Expiries() => _notAfter.Select(
        entry => new Measurement<long>(entry.Value.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("certificate", entry.Key)));
}
