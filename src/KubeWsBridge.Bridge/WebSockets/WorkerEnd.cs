using KubeWsBridge.Bridge.Diagnostics;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>How a worker said that its output is over, where the framing lets it say so.</summary>
/// <param name="CloseCode">The code for the client's close frame.</param>
/// <param name="Detail">The worker's reason for the client, or, for the log, how it broke the framing.</param>
/// <param name="Violation">The refusal when it broke the framing, otherwise null.</param>
internal sealed record WorkerEnd(int CloseCode, string Detail, Refusal? Violation = null)
{
    /// <summary>The output ended inside a message, which is no wonder if the worker has failed.</summary>
    public bool IsCut { get; init; }
}
