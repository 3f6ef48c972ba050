using KubeWsBridge.Bridge.Framing;

namespace KubeWsBridge.Bridge.Rendezvous;

/// <summary>What a worker says in its hello line, beside who it is.</summary>
internal sealed record Hello
{
    /// <summary>A line with the id alone.</summary>
    public static readonly Hello Plain = new();

    /// <summary>The framing it asks for; null for the route's.</summary>
    public WorkerFraming? Framing { get; init; }

    /// <summary>Whether it wants to see pings and pongs.</summary>
    public bool WantsPings { get; init; }

    /// <summary>The subprotocol it chooses; null when it leaves that to the bridge.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>That the client is not to be served; null when it is.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>Why the line can't be understood, for the log; null when it can.</summary>
    public string? Fault { get; init; }
}
