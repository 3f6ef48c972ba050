namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>The one table of decode errors: the close code for the client and the sentence for the operator's log.</summary>
public static class DecodeErrors
{
    /// <summary>The code of the close frame that answers the error; 0 for <see cref="DecodeError.None"/>.</summary>
    public static int CloseCodeOf(DecodeError error) => error switch
    {
        DecodeError.None => 0,
        DecodeError.MessageTooBig => CloseCode.MessageTooBig,
        DecodeError.TextNotUtf8 or DecodeError.TextCut or DecodeError.CloseReasonNotUtf8 => CloseCode.InvalidPayload,
        _ => CloseCode.ProtocolError,
    };

    /// <summary>What the client did, in one sentence that tells the operator where to look.</summary>
    public static string Describe(DecodeError error) => error switch
    {
        DecodeError.None => "The client kept to the protocol.",
        DecodeError.ReservedBits =>
            "The client set a reserved bit of a frame; it uses an extension, such as compression, that was not agreed.",
        DecodeError.ReservedOpcode => "The client sent a frame with a reserved opcode; what it speaks is not RFC 6455.",
        DecodeError.Unmasked =>
            "The client sent an unmasked frame; a client must mask, so its library or a proxy on the way is broken.",
        DecodeError.FragmentedControl => "The client sent a ping, pong or close frame in fragments; control frames must be whole.",
        DecodeError.ControlTooLong => "The client sent a ping, pong or close frame of more than 125 bytes.",
        DecodeError.UnexpectedContinuation => "The client sent a continuation frame, but no message was begun.",
        DecodeError.InterruptedMessage => "The client began a new message before the last fragment of the one before.",
        DecodeError.NonMinimalLength => "The client wrote a frame's length in more bytes than it needs.",
        DecodeError.LengthOutOfRange => "The client announced a frame longer than 63 bits can say.",
        DecodeError.MessageTooBig =>
            "The client's message is bigger than --max-payload-size; raise it or make the client send less at once.",
        DecodeError.CloseCodeCut => "The client sent a close frame with half a close code.",
        DecodeError.CloseCodeInvalid => "The client sent a close code that may not be sent; 1000-1003, 1007-1014 and 3000-4999 may.",
        DecodeError.CloseReasonNotUtf8 => "The client sent a close reason that is not UTF-8.",
        DecodeError.TextNotUtf8 => "The client sent a text message that is not UTF-8; bytes of any kind belong in binary messages.",
        DecodeError.TextCut => "The client sent a text message that ends inside a UTF-8 character.",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };
}
