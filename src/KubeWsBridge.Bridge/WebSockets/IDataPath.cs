using KubeWsBridge.Bridge.Pumping;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>What carries one session's bytes between its client and its worker: by one of two drivers around the same codec.</summary>
/// <remarks>
/// After its end-of-input the worker swallows what is written to it, and after its close frame so does the client. So both directions can go on
/// unchanged to the end: they never have to be told.
/// </remarks>
internal interface IDataPath
{
    /// <summary>Completes when everything from the client has gone to the worker, or nothing more can; never faults.</summary>
    Task ToWorker { get; }

    /// <summary>Completes when everything from the worker has gone to the client, or nothing more can; never faults.</summary>
    Task ToClient { get; }

    /// <summary>Completes when the client's connection has ended and that may stay unnoticed otherwise, because the worker takes nothing.</summary>
    Task ClientLost { get; }

    /// <summary>Takes what the worker prints: each chunk is a binary message.</summary>
    IPumpSink Output { get; }

    /// <summary>How the client's side ended; null while it has not.</summary>
    ClientEnd? End { get; }

    /// <summary>
    /// How the worker said that its output is over; null while it has not, and when its output just ended. Final once <see cref="ToClient"/> has completed.
    /// </summary>
    WorkerEnd? WorkerEnd { get; }

    /// <summary>Whether a client that has ended its direction without a close frame is still known to take what it is sent.</summary>
    bool ClientListens { get; }

    /// <summary>Bytes and messages both ways.</summary>
    Traffic Traffic { get; }

    /// <summary>Grows as long as the client takes what it is sent; only its changes mean something.</summary>
    long Progress { get; }

    /// <summary>Begins to carry.</summary>
    void Start();

    /// <summary>Whether the worker's framing has a word for <see cref="AnnounceEnd"/>.</summary>
    bool CanAnnounceEnd { get; }

    /// <summary>Tells the worker that the session will be ended; false when its framing has no word for that.</summary>
    /// <param name="left">How long until then.</param>
    bool AnnounceEnd(TimeSpan left);

    /// <summary>
    /// Gives the worker end-of-file on its input, where its framing has a word for that with the reason in front; what is written later is
    /// swallowed. Harmless when its connection is gone; only the first time counts.
    /// </summary>
    /// <param name="code">The client's close code, or the one the client is about to get.</param>
    /// <param name="reason">The reason that goes with it; may be empty.</param>
    void EndInput(int code, string reason);

    /// <summary>
    /// Sends the close frame, once, and ends our side (RFC 6455 section 5.5.1). True when it has gone out; false when it was given up, when the
    /// connection had ended, and when our side had.
    /// </summary>
    /// <param name="code">1005 sends an empty one.</param>
    /// <param name="reason">Cut to 123 bytes.</param>
    /// <param name="cancellationToken">Gives up when the client takes nothing.</param>
    Task<bool> CloseAsync(int code, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for the client to close after our close frame (RFC 6455 section 7.1.1) and throws away what still comes. After a violation frames
    /// can't be told apart any more: there the end of the connection counts, or a read that is one whole close frame.
    /// </summary>
    Task AwaitCloseAsync(CancellationToken cancellationToken);

    /// <summary>Sends a ping when one is due (RFC 6455 section 5.5.2); false when the client has shown no life for two intervals.</summary>
    bool Heartbeat();

    /// <summary>Cuts the client's connection and ends both its directions; does nothing once it is let go.</summary>
    void Abort();

    /// <summary>Lets go of the client, whose connection ends in order if it has said its last word, and at once otherwise.</summary>
    Task DetachAsync();

    /// <summary>Closes the worker's connection, which ends what still waits for it.</summary>
    void DropWorker();
}
