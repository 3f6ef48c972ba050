namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>What a client does that has got a close frame.</summary>
internal enum Leaving
{
    /// <summary>It sends its own close frame, if it has not, and waits for the end.</summary>
    Politely,

    /// <summary>The same, and it ends its side of the TCP connection.</summary>
    HalfClosing,

    /// <summary>It only ends its side of the TCP connection.</summary>
    Silently,

    /// <summary>It resets the TCP connection.</summary>
    Resetting,
}
