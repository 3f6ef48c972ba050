using KubeWsBridge.Bridge.Admission;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.Rendezvous;
using KubeWsBridge.Bridge.SocketPath;
using Microsoft.Extensions.Logging;

namespace KubeWsBridge.Bridge;

/// <summary>What all sessions of a bridge share, whichever configuration they came in by.</summary>
internal sealed record BridgeParts
{
    /// <summary>What is served where.</summary>
    public required RouteTable Routes { get; init; }

    /// <summary>The limits and what counts against them.</summary>
    public required AdmissionGate Gate { get; init; }

    /// <summary>All sessions.</summary>
    public required SessionRegistry Registry { get; init; }

    /// <summary>Sessions that wait for their workers.</summary>
    public required RendezvousTable Meetings { get; init; }

    /// <summary>Where workers connect back to.</summary>
    public required BackConnectionListener Listener { get; init; }

    /// <summary>What carries sessions that have their sockets to themselves; null where none can.</summary>
    public required SocketLoops? Loops { get; init; }

    /// <summary>What every worker's environment is built on.</summary>
    public required IReadOnlyDictionary<string, string> Inherited { get; init; }

    /// <summary>The instruments.</summary>
    public required BridgeMetrics Metrics { get; init; }

    /// <summary>What is counted of each session.</summary>
    public required SessionAccounts Accounts { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The log of sessions.</summary>
    public required ILogger Logger { get; init; }
}
