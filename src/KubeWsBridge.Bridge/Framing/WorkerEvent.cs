using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Framing;

/// <summary>One event from <see cref="WorkerFrameDecoder.Decode"/>; offsets and lengths are bytes within the input it was given.</summary>
internal readonly struct WorkerEvent
{
    /// <summary>What was found.</summary>
    public WorkerEventKind Kind { get; init; }

    /// <summary>Data: text or binary. Control: ping or pong.</summary>
    public Opcode Type { get; init; }

    /// <summary>Data: this piece is the message's last.</summary>
    public bool EndOfMessage { get; init; }

    /// <summary>Error: what the worker did.</summary>
    public FramingError Error { get; init; }

    /// <summary>Bytes the caller must drop from the front of its input, after it has used the payload. Error: the bytes before the fault.</summary>
    public int Consumed { get; init; }

    /// <summary>Where the payload begins. Close: where the reason does.</summary>
    public int PayloadOffset { get; init; }

    /// <summary>Bytes of the payload; of the reason for a Close.</summary>
    public int PayloadLength { get; init; }

    /// <summary>Close: the worker's code.</summary>
    public int CloseCode { get; init; }
}
