namespace KubeWsBridge.Bridge.Framing;

/// <summary>The one table of framing errors: what the worker did, and what its author should look at.</summary>
internal static class FramingErrors
{
    /// <summary>One or two sentences for the operator's log.</summary>
    /// <param name="error">What the worker did.</param>
    /// <param name="length">The length in the last header line.</param>
    public static string Describe(FramingError error, int length) => error switch
    {
        FramingError.UnknownType =>
            "a header line must begin with text, binary, ping, pong or close. If the frame before is the fault, its length was too small: count bytes (strlen), not characters (mb_strlen).",
        FramingError.BadLength => "a type and one space must be followed by the payload's length, a decimal number without sign or leading zeros.",
        FramingError.TooLong => "a frame's length must be at most 2147483647; send a longer message in pieces with \"+\".",
        FramingError.BadLineEnd => "after the length a header line must end with a newline (\"\\n\", not \"\\r\\n\"), or with \" +\" and a newline.",
        FramingError.MissingGuard =>
            $"a newline must follow the payload, which the header line said to have {length} bytes. Count bytes (strlen), not characters (mb_strlen), and write the newline.",
        FramingError.Interrupted => "nothing may stand between the pieces of a message: after a frame with \"+\" the next must be of the same type.",
        FramingError.ControlInPieces => "ping, pong and close can't be sent in pieces; leave out the \"+\".",
        FramingError.ControlTooLong => $"{length} bytes are too many: a ping or pong may have 125, a close four digits, a space and a reason of 123 bytes.",
        FramingError.TextNotUtf8 => "a text message must be UTF-8; send other bytes as binary.",
        FramingError.TextCut => "a text message ends inside a UTF-8 character; don't cut strings by bytes, or send them as binary.",
        FramingError.BadCloseCode => "a close must be empty or begin with a code that may be sent: 1000-1003, 1007-1014, 3000-4999.",
        FramingError.BadCloseReason => "a close reason must be UTF-8 of at most 123 bytes.",
        FramingError.Cut => "the worker's output ended inside a message; the client did not get the whole of it.",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };
}
