namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>How a client broke RFC 6455; <see cref="DecodeErrors"/> has each one's close code and sentence.</summary>
public enum DecodeError : byte
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>A reserved bit is set although no extension was agreed (section 5.2).</summary>
    ReservedBits,

    /// <summary>The opcode is reserved (section 5.2).</summary>
    ReservedOpcode,

    /// <summary>The frame is not masked (section 5.1).</summary>
    Unmasked,

    /// <summary>A control frame without the FIN bit (section 5.5).</summary>
    FragmentedControl,

    /// <summary>A control frame of more than 125 bytes (section 5.5).</summary>
    ControlTooLong,

    /// <summary>A continuation without a message to continue (section 5.4).</summary>
    UnexpectedContinuation,

    /// <summary>A new message inside a fragmented one (section 5.4).</summary>
    InterruptedMessage,

    /// <summary>A length in more bytes than it needs (section 5.2).</summary>
    NonMinimalLength,

    /// <summary>A 64-bit length with the top bit set (section 5.2).</summary>
    LengthOutOfRange,

    /// <summary>The fragments so far and this frame together exceed the limit.</summary>
    MessageTooBig,

    /// <summary>A close payload of one byte, half a code (section 5.5.1).</summary>
    CloseCodeCut,

    /// <summary>A close code that may not be sent (section 7.4).</summary>
    CloseCodeInvalid,

    /// <summary>The close reason is not UTF-8 (section 5.5.1).</summary>
    CloseReasonNotUtf8,

    /// <summary>A byte that cannot be part of UTF-8 text (section 8.1).</summary>
    TextNotUtf8,

    /// <summary>The text ends inside a UTF-8 sequence (section 8.1).</summary>
    TextCut,
}
