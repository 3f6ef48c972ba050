using System.Diagnostics.Metrics;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Hosting.Draining;

/// <summary>The drain's progress as instruments.</summary>
internal sealed class DrainMetrics : IDisposable
{
    private readonly Meter _meter = new(BridgeMetrics.MeterName);
    private readonly Counter<long> _drains;

    /// <summary>Begins to show it, whenever somebody looks.</summary>
    public DrainMetrics(Func<DrainStatus> status, TimeProvider timeProvider)
    {
        _drains = _meter.CreateCounter<long>("kubewsbridge.drains", "{drain}", "Drains that have ended, by outcome: completed, cut-short, cancelled.");
        _meter.CreateObservableGauge(
            "kubewsbridge.drain.state", () => States(status().State), "{state}",
            "1 for the state of the drain: serving, leaving (not ready, still accepting), closing, exiting; 0 for the others.");
        _meter.CreateObservableGauge(
            "kubewsbridge.drain.sessions.left", () => status() is { Run: not null } now ? (long)now.SessionsLeft : 0, "{session}",
            "Sessions that a drain still has to end; 0 when there is none.");
        _meter.CreateObservableGauge(
            "kubewsbridge.drain.time.left", () => TimeLeft(status().Run, timeProvider), "s",
            "Until what is left is ended at once; 0 when there is no drain.");
    }

    /// <summary>Counts a drain's end.</summary>
    public void Ended(DrainOutcome outcome) => _drains.Add(1, new KeyValuePair<string, object?>("outcome", Word(outcome)));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static string Word(DrainOutcome outcome) => outcome == DrainOutcome.CutShort ? "cut-short" : outcome.ToString().ToLowerInvariant();

    private static IEnumerable<Measurement<long>> States(DrainState now) =>
        Enum.GetValues<DrainState>().Select(state => new Measurement<long>(
            state == now ? 1 : 0, new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant())));

    private static double TimeLeft(DrainRun? run, TimeProvider timeProvider) =>
        run is null ? 0 : Math.Max(0, (run.Deadline - timeProvider.GetUtcNow()).TotalSeconds);
}
