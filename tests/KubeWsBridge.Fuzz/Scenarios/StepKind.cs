namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>What a client does at a moment.</summary>
internal enum StepKind
{
    /// <summary>Writes the next bytes with one call.</summary>
    Send,

    /// <summary>Does nothing for so many milliseconds.</summary>
    Pause,

    /// <summary>Reads nothing for so many milliseconds, while it goes on with the next step.</summary>
    Stall,

    /// <summary>Waits for the answer to the handshake.</summary>
    AwaitUpgrade,

    /// <summary>Waits until so many bytes of data have come, since the beginning.</summary>
    AwaitData,

    /// <summary>Waits until so many pongs have come, since the beginning.</summary>
    AwaitPongs,
}
