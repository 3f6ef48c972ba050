namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>What bytes look like when the frame boundaries are lost.</summary>
internal static class FrameShape
{
    private const int MaskLength = 4;

    /// <summary>Whether the bytes are exactly one masked close frame (RFC 6455 sections 5.2 and 5.5.1).</summary>
    public static bool IsWholeCloseFrame(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 + MaskLength && bytes[0] == 0x88 && bytes[1] >= 0x80 && bytes[1] <= 0x80 + 125
        && bytes.Length == 2 + MaskLength + (bytes[1] & 0x7F);
}
