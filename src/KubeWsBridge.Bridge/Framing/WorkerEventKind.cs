namespace KubeWsBridge.Bridge.Framing;

/// <summary>What <see cref="WorkerFrameDecoder.Decode"/> found at the front of its input.</summary>
internal enum WorkerEventKind : byte
{
    /// <summary>Nothing yet; nothing was consumed or changed.</summary>
    NeedMore,

    /// <summary>Payload of the current message, as much as has arrived; it may be empty.</summary>
    Data,

    /// <summary>A whole ping or pong.</summary>
    Control,

    /// <summary>A whole close; nothing comes after it.</summary>
    Close,

    /// <summary>The worker broke the rules; nothing comes after it.</summary>
    Error,
}
