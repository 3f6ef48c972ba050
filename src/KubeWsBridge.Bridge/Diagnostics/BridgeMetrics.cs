using System.Diagnostics.Metrics;

namespace KubeWsBridge.Bridge.Diagnostics;

/// <summary>The bridge's instruments, named after OpenTelemetry's conventions; whoever exports them listens to the meter.</summary>
public sealed class BridgeMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KubeWsBridge";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<long> _sessions;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _launches;

    /// <summary>Creates the meter and its instruments.</summary>
    public BridgeMetrics()
    {
        _sessions = _meter.CreateUpDownCounter<long>("kubewsbridge.sessions.active", "{session}", "Sessions that are upgraded.");
        _refusals = _meter.CreateCounter<long>("kubewsbridge.refusals", "{connection}", "Connections turned away, by name.");
        _ended = _meter.CreateCounter<long>("kubewsbridge.sessions.ended", "{session}", "Sessions ended, by end and close code.");
        _bytes = _meter.CreateCounter<long>("kubewsbridge.io", "By", "Payload bytes of ended sessions, by direction.");
        _messages = _meter.CreateCounter<long>("kubewsbridge.messages", "{message}", "Messages of ended sessions, by direction.");
        _launches = _meter.CreateHistogram<double>("kubewsbridge.launch.duration", "s", "From launch to back-connection, by launcher.");
    }

    /// <summary>Counts a refusal.</summary>
    public void Refused(Refusal refusal) => _refusals.Add(1, Tag("name", refusal.Name));

    /// <summary>Counts a session in.</summary>
    public void Opened(string launcher, TimeSpan launch)
    {
        _sessions.Add(1);
        _launches.Record(launch.TotalSeconds, Tag("launcher", launcher));
    }

    /// <summary>Counts a session out, with what it carried.</summary>
    public void Closed(string end, int closeCode, long bytesReceived, long messagesReceived, long bytesSent, long messagesSent)
    {
        _sessions.Add(-1);
        _ended.Add(1, Tag("end", end), Tag("code", closeCode));
        _bytes.Add(bytesReceived, Tag("direction", "received"));
        _bytes.Add(bytesSent, Tag("direction", "sent"));
        _messages.Add(messagesReceived, Tag("direction", "received"));
        _messages.Add(messagesSent, Tag("direction", "sent"));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Whether the instrument is one of these, and not of another bridge in the same process.</summary>
    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
