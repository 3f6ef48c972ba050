using System.Diagnostics.Metrics;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.Tests.Diagnostics;

public class BridgeMetricsTests
{
    [Fact]
    public void OpenedAndClosed_OneSession_LeavesTheCountersRight()
    {
        using var metrics = new BridgeMetrics();
        var seen = new List<string>();
        using var listener = Listen(metrics, seen);

        metrics.Refused(Refusals.ConnectionLimit);
        metrics.Opened("process", TimeSpan.FromSeconds(0.5));
        metrics.Carried(new TrafficCount(5, 1, 7, 2));
        metrics.Carried(default);
        metrics.Closed("client-closed", 1000);

        Assert.Equal(
            [
                "kubewsbridge.refusals 1 name=connection-limit",
                "kubewsbridge.launch.duration 0.5 launcher=process",
                "kubewsbridge.io 5 direction=received",
                "kubewsbridge.messages 1 direction=received",
                "kubewsbridge.io 7 direction=sent",
                "kubewsbridge.messages 2 direction=sent",
                "kubewsbridge.sessions.ended 1 end=client-closed,code=1000",
            ],
            seen);
    }

    [Fact]
    public void Closed_WithAnyCodeThatAPeerMayChoose_MakesAFewSeries()
    {
        using var metrics = new BridgeMetrics();
        var seen = new List<string>();
        using var listener = Listen(metrics, seen);

        foreach (var code in Enumerable.Range(0, 5001))
            metrics.Closed("client-closed", code);

        IEnumerable<string> codes = [.. Enumerable.Range(1000, 15).Select(code => $"{code}"), "_OTHER"];
        Assert.Equal(codes.Select(code => $"kubewsbridge.sessions.ended 1 end=client-closed,code={code}").Order(), seen.Distinct().Order());
    }

    private static MeterListener Listen(BridgeMetrics metrics, List<string> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (metrics.Owns(instrument))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add(Line(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add(Line(instrument, value, tags)));
        listener.Start();
        return listener;
    }

    private static string Line<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : IFormattable =>
        $"{instrument.Name} {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)} "
        + string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
