namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>One event from <see cref="FrameDecoder.Decode"/>; offsets and lengths are bytes within the input it was given.</summary>
public readonly struct DecodeResult
{
    /// <summary>What was found.</summary>
    public DecodeKind Kind { get; init; }

    /// <summary>Data: whether the current message is <see cref="Opcode.Text"/> or <see cref="Opcode.Binary"/>.</summary>
    public Opcode MessageType { get; init; }

    /// <summary>Data: this piece is the message's last.</summary>
    public bool EndOfMessage { get; init; }

    /// <summary>Error: what the peer did.</summary>
    public DecodeError Error { get; init; }

    /// <summary>Bytes the caller must drop from the front of its input, after it has used the payload.</summary>
    public int Consumed { get; init; }

    /// <summary>Data, Ping, Pong: where the payload begins. Close: where the reason does.</summary>
    public int PayloadOffset { get; init; }

    /// <summary>Bytes of the payload, unmasked; of the reason for a Close.</summary>
    public int PayloadLength { get; init; }

    /// <summary>Close: the peer's code, 1005 if it gave none. Error: the code to answer with.</summary>
    public int CloseCode { get; init; }

    /// <summary>NeedMore: the input must be at least this long before there can be anything but NeedMore or Error.</summary>
    public int Needed { get; init; }
}
