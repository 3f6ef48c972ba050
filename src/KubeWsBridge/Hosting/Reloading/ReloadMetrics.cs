using System.Diagnostics.Metrics;
using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Hosting.Reloading;

/// <summary>Reloads as instruments.</summary>
internal sealed class ReloadMetrics : IDisposable
{
    private readonly Meter _meter = new(BridgeMetrics.MeterName);
    private long _applied;
    private long _rejected;

    /// <summary>Begins to count.</summary>
    /// <param name="isValid">Whether the file as it is now has no problems.</param>
    public ReloadMetrics(Func<bool> isValid)
    {
        _meter.CreateObservableCounter(
            "kubewsbridge.config.reloads", Reloads, "{reload}", "Changes of the configuration file, by outcome: applied, rejected.");
        _meter.CreateObservableGauge(
            "kubewsbridge.config.valid", () => isValid() ? 1 : 0, "{file}",
            "1 while the configuration file is right, 0 while it has problems and what it said before stays in force.");
    }

    /// <summary>Counts a change that is in force, or will be after a restart.</summary>
    public void Applied() => Interlocked.Increment(ref _applied);

    /// <summary>Counts a change that was wrong.</summary>
    public void Rejected() => Interlocked.Increment(ref _rejected);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    // Both from the start, so that the first of each is seen as a change.
    private IEnumerable<Measurement<long>> Reloads() => [Measure("applied", ref _applied), Measure("rejected", ref _rejected)];

    private static Measurement<long> Measure(string outcome, ref long count) =>
        new(Interlocked.Read(ref count), new KeyValuePair<string, object?>("outcome", outcome));
}
