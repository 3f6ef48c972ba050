namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>What a frame carries (RFC 6455 section 5.2); the numbers are those on the wire, all others are reserved.</summary>
public enum Opcode : byte
{
    /// <summary>A further fragment of the message begun before.</summary>
    Continuation = 0,

    /// <summary>A text message, or its first fragment.</summary>
    Text = 1,

    /// <summary>A binary message, or its first fragment.</summary>
    Binary = 2,

    /// <summary>The end of the connection, with a code and a reason (section 5.5.1).</summary>
    Close = 8,

    /// <summary>A question that a pong with the same payload answers (section 5.5.2).</summary>
    Ping = 9,

    /// <summary>The answer to a ping, or an unasked sign of life (section 5.5.3).</summary>
    Pong = 10,
}
