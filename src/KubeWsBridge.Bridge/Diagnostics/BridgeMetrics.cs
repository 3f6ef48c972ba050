using System.Diagnostics.Metrics;
using System.Globalization;

namespace KubeWsBridge.Bridge.Diagnostics;

/// <summary>The bridge's instruments, named after OpenTelemetry's conventions; whoever exports them listens to the meter.</summary>
public sealed class BridgeMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KubeWsBridge";

    /// <summary>The histogram of how long workers take to connect back.</summary>
    public const string LaunchDuration = "kubewsbridge.launch.duration";

    // What OpenTelemetry's conventions write for values that are not of a known list.
    private const string OtherCode = "_OTHER";

    private static readonly KeyValuePair<string, object?> Received = Tag("direction", "received");
    private static readonly KeyValuePair<string, object?> Sent = Tag("direction", "sent");

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _launches;

    /// <summary>Creates the meter and its instruments.</summary>
    public BridgeMetrics()
    {
        _refusals = _meter.CreateCounter<long>("kubewsbridge.refusals", "{connection}", "Connections turned away, by name.");
        _ended = _meter.CreateCounter<long>("kubewsbridge.sessions.ended", "{session}", "Sessions ended, by end and close code.");
        _bytes = _meter.CreateCounter<long>("kubewsbridge.io", "By", "Payload bytes carried, by direction.");
        _messages = _meter.CreateCounter<long>("kubewsbridge.messages", "{message}", "Messages carried, by direction.");
        _launches = _meter.CreateHistogram<double>(LaunchDuration, "s", "From launch to back-connection, by launcher.");
    }

    /// <summary>Begins to show what is counted elsewhere, whenever somebody looks.</summary>
    /// <param name="sessions">How many sessions are in which state.</param>
    /// <param name="workers">Worker places taken.</param>
    /// <param name="limits">Most sessions and most workers as configured; none for a limit that is <c>auto</c>.</param>
    /// <param name="capacity">Most sessions by the narrowest of all limits, and how much of it is used, from 0 to 1.</param>
    public void Observe(
        Func<IEnumerable<(string State, int Count)>> sessions, Func<int> workers, Func<(int? Sessions, int? Workers)> limits,
        Func<(int Sessions, double Used)> capacity)
    {
        _meter.CreateObservableUpDownCounter("kubewsbridge.sessions",
            () => sessions().Select(row => new Measurement<long>(row.Count, Tag("state", row.State))), "{session}", "Sessions, by state.");
        _meter.CreateObservableUpDownCounter("kubewsbridge.workers", () => (long)workers(), "{worker}", "Workers, those on their way in or out too.");
        _meter.CreateObservableGauge("kubewsbridge.sessions.limit", () => Some(limits().Sessions), "{session}",
            "Most sessions at a time, where that is a number (--max-connections).");
        _meter.CreateObservableGauge("kubewsbridge.workers.limit", () => Some(limits().Workers), "{worker}",
            "Most workers at a time, where that is a number (--max-processes).");
        _meter.CreateObservableGauge("kubewsbridge.capacity.sessions", () => (long)capacity().Sessions, "{session}",
            "Most sessions at a time as things are: by the configured limits, by the limit of open files, and by memory where a limit is auto.");
        _meter.CreateObservableGauge("kubewsbridge.capacity.used", () => capacity().Used, "1", "How much of the capacity is used, from 0 to 1.");
    }

    /// <summary>Begins to show memory.</summary>
    /// <param name="reading">Limit and use.</param>
    /// <param name="perWorker">What a worker takes.</param>
    public void ObserveMemory(Func<(long Limit, long Used)> reading, Func<long> perWorker)
    {
        _meter.CreateObservableGauge("kubewsbridge.memory.limit", () => reading().Limit, "By", "The container's memory limit, or the machine's memory.");
        _meter.CreateObservableGauge("kubewsbridge.memory.used", () => reading().Used, "By", "What counts against the memory limit (working set).");
        _meter.CreateObservableGauge("kubewsbridge.memory.worker", perWorker, "By", "What a worker takes, as measured; --worker-memory before that.");
    }

    /// <summary>Counts a refusal.</summary>
    public void Refused(Refusal refusal) => _refusals.Add(1, Tag("name", refusal.Name));

    /// <summary>Counts a session in.</summary>
    public void Opened(string launcher, TimeSpan launch) => _launches.Record(launch.TotalSeconds, Tag("launcher", launcher));

    /// <summary>Counts what has been carried since the last time; a few sessions' worth at once or one's.</summary>
    public void Carried(in TrafficCount fresh)
    {
        Add(Received, fresh.BytesReceived, fresh.MessagesReceived);
        Add(Sent, fresh.BytesSent, fresh.MessagesSent);
    }

    /// <summary>Counts a session out. Close codes that are not in IANA's registry are counted as one: client and worker may choose among 2,000.</summary>
    public void Closed(string end, int closeCode) => _ended.Add(1, Tag("end", end), Tag("code", CodeText(closeCode)));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Whether the instrument is one of these, and not of another bridge in the same process.</summary>
    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    private void Add(in KeyValuePair<string, object?> direction, long bytes, long messages)
    {
        if (bytes > 0)
            _bytes.Add(bytes, direction);
        if (messages > 0)
            _messages.Add(messages, direction);
    }

    private static string CodeText(int code) => code is >= 1000 and <= 1014 ? code.ToString(CultureInfo.InvariantCulture) : OtherCode;

    private static IEnumerable<Measurement<long>> Some(int? limit) => limit is { } number ? [new Measurement<long>(number)] : [];

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
