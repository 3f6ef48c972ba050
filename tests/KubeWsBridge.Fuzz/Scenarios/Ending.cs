namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>Who ends a case's connection, and how.</summary>
internal enum Ending
{
    /// <summary>The client sends a close frame.</summary>
    Close,

    /// <summary>The client breaks the protocol, so that the bridge must close.</summary>
    Violation,

    /// <summary>The worker ends, so that the bridge must close.</summary>
    Worker,

    /// <summary>The client ends its side of the TCP connection and no more.</summary>
    HalfClose,

    /// <summary>The client resets the TCP connection.</summary>
    Reset,

    /// <summary>The handshake is none: the bridge must refuse it.</summary>
    Refusal,
}
