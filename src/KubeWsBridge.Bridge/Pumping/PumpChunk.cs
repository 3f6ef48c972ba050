namespace KubeWsBridge.Bridge.Pumping;

/// <summary>
/// Bytes on their way, in a buffer that belongs to the source and is valid until its next read. At least
/// <see cref="Headroom"/> writable bytes stand in front, so that a sink can put a frame header there instead of copying.
/// </summary>
public readonly record struct PumpChunk(byte[] Buffer, int Offset, int Length)
{
    /// <summary>Room for the longest server frame header (RFC 6455 section 5.2, unmasked).</summary>
    public const int Headroom = 10;

    /// <summary>The chunk that says the source has ended.</summary>
    public static PumpChunk End => default;

    /// <summary>True when the source has ended.</summary>
    public bool IsEnd => Buffer is null;

    /// <inheritdoc cref="ChunkKind"/>
    public ChunkKind Kind { get; init; }

    /// <summary>Text, Binary: the message goes on in the next chunk of its kind. Frames: so does the last message in them.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Whether the source has the next chunk at hand, so that a sink may gather both before it sends.</summary>
    public bool MoreAtHand { get; init; }

    /// <summary>Frames: bytes of messages in them.</summary>
    public int PayloadLength { get; init; }

    /// <summary>Frames: messages that end in them.</summary>
    public int Messages { get; init; }

    /// <summary>The bytes themselves.</summary>
    public Memory<byte> Memory => Buffer.AsMemory(Offset, Length);
}
