namespace KubeWsBridge.Bridge.Framing;

/// <summary>How a worker broke the rules of <see cref="WorkerFraming.Messages"/>; <see cref="FramingErrors"/> has each one's sentence.</summary>
internal enum FramingError : byte
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>What should be a header line begins with none of the types.</summary>
    UnknownType,

    /// <summary>The length is not a plain decimal number.</summary>
    BadLength,

    /// <summary>The length is above 2147483647.</summary>
    TooLong,

    /// <summary>Neither a newline nor " +" and a newline follows the length.</summary>
    BadLineEnd,

    /// <summary>No newline follows the payload.</summary>
    MissingGuard,

    /// <summary>Another frame stands between the pieces of a message.</summary>
    Interrupted,

    /// <summary>A ping, pong or close with "+".</summary>
    ControlInPieces,

    /// <summary>A ping or pong of more than 125 bytes, or a close that is longer than code and reason can be.</summary>
    ControlTooLong,

    /// <summary>A text message is not UTF-8.</summary>
    TextNotUtf8,

    /// <summary>A text message ends inside a character.</summary>
    TextCut,

    /// <summary>A close that is no code, or one that may not be sent.</summary>
    BadCloseCode,

    /// <summary>A close reason that is not UTF-8, or above 123 bytes.</summary>
    BadCloseReason,

    /// <summary>The output ended inside a frame or a message.</summary>
    Cut,
}
