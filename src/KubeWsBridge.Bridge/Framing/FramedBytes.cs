namespace KubeWsBridge.Bridge.Framing;

/// <summary>WebSocket frames that lie ready to be sent, and what they carry.</summary>
/// <param name="Start">Where they begin.</param>
/// <param name="Length">Their bytes; 0 when there is nothing to send.</param>
/// <param name="PayloadLength">Bytes of messages in them.</param>
/// <param name="Messages">Messages that end in them.</param>
internal readonly record struct FramedBytes(int Start, int Length, int PayloadLength, int Messages);
