using System.Text;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

/// <summary>Events in their order; the pieces of a message are joined where the last of them stands, empty ones left out.</summary>
internal sealed class EventLog
{
    private readonly List<DecodedEvent> _events = [];
    private readonly StringBuilder _payload = new();
    private int _open = -1;

    public bool Ended => _events.LastOrDefault()?.Kind is DecodeKind.Close or DecodeKind.Error;

    public IReadOnlyList<DecodedEvent> Events
    {
        get
        {
            var events = _events.ToList();
            if (_open >= 0) events[_open] = events[_open] with { Payload = _payload.ToString() };
            return events;
        }
    }

    public void Add(DecodedEvent latest)
    {
        if (latest is { Kind: DecodeKind.Data, End: false, Payload: "" }) return;
        if (latest.Kind != DecodeKind.Data)
        {
            _events.Add(latest);
            return;
        }

        if (_open >= 0)
        {
            Assert.Equal(_events[_open].Type, latest.Type);
            _events.RemoveAt(_open);
        }

        _payload.Append(latest.Payload);
        _open = latest.End ? -1 : _events.Count;
        _events.Add(latest.End ? latest with { Payload = _payload.ToString() } : latest);
        if (latest.End) _payload.Clear();
    }
}
