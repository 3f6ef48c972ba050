namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>What <see cref="FrameDecoder.Decode"/> found at the front of its input.</summary>
public enum DecodeKind : byte
{
    /// <summary>Nothing yet; nothing was consumed or changed.</summary>
    NeedMore,

    /// <summary>Payload of the current message, as much as has arrived; empty for an empty frame.</summary>
    Data,

    /// <summary>A whole ping; its payload goes back in a pong.</summary>
    Ping,

    /// <summary>A whole pong.</summary>
    Pong,

    /// <summary>A whole close frame; nothing comes after it.</summary>
    Close,

    /// <summary>The peer broke the protocol; nothing comes after it.</summary>
    Error,
}
