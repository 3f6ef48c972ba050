using KubeWsBridge.Bridge.Closing;
using KubeWsBridge.Bridge.Diagnostics;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge;

/// <summary>Why a session ended, in the words of logs and metrics.</summary>
/// <param name="Name">Lower case with hyphens; a refusal's name when the bridge ended it.</param>
/// <param name="CloseCode">The close code the client saw, or 1006 when it left without one (RFC 6455 section 7.1.5).</param>
/// <param name="Detail">More for the log; may be empty.</param>
public sealed record SessionEnd(string Name, int CloseCode, string Detail = "")
{
    /// <summary>The client closed the WebSocket.</summary>
    public static SessionEnd ClientClosed(int code, string reason) => new("client-closed", code, reason);

    /// <summary>The client's connection ended without a close frame.</summary>
    public static SessionEnd ClientGone { get; } = new("client-gone", WebSockets.CloseCode.Abnormal);

    /// <summary>A fault of ours, which the log tells more of.</summary>
    public static SessionEnd Faulted { get; } = new("faulted", WebSockets.CloseCode.Abnormal);

    /// <summary>The worker ended the session: it closed its connection, and did not fail as far as is known.</summary>
    public static SessionEnd WorkerFinished { get; } = new("worker-finished", WebSockets.CloseCode.Normal);

    /// <summary>The worker closed the WebSocket, with a code of its own.</summary>
    public static SessionEnd WorkerClosed(int code, string reason) => new("worker-closed", code, reason);

    /// <summary>The bridge ended it.</summary>
    public static SessionEnd Refused(Refusal refusal, string detail = "") =>
        new(refusal.Name, refusal.CloseCode ?? WebSockets.CloseCode.Abnormal, detail);

    /// <summary>The worker's end, judged by its exit if that is known in time.</summary>
    internal static SessionEnd OfWorker(Task<WorkerExit> exited) =>
        exited is { IsCompletedSuccessfully: true, Result: { Failed: true } exit }
            ? Refused(Refusals.WorkerFailed, exit.ToString())
            : WorkerFinished;

    /// <summary>The worker's end as it said itself, or as it broke its framing.</summary>
    internal static SessionEnd OfWorker(WorkerEnd end) =>
        end.Violation is { } refusal ? Refused(refusal, end.Detail) : WorkerClosed(end.CloseCode, end.Detail);

    /// <summary>The client's end.</summary>
    internal static SessionEnd OfClient(ClientEnd end) => end switch
    {
        { Violation: { } refusal } => Refused(refusal, end.Detail),
        { Kind: ClientEndKind.Closed } => ClientClosed(end.CloseCode, end.Detail),
        _ => ClientGone,
    };
}
