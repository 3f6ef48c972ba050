using System.Text;

namespace KubeWsBridge.Wire;

/// <summary>A frame from the server.</summary>
public sealed record ReceivedFrame(bool Final, int Opcode, byte[] Payload)
{
    /// <summary>The close code, 1005 when the frame has none.</summary>
    public int CloseCode => Payload.Length >= 2 ? (Payload[0] << 8) | Payload[1] : 1005;

    /// <summary>The close reason.</summary>
    public string CloseReason => Payload.Length > 2 ? Encoding.UTF8.GetString(Payload.AsSpan(2)) : "";

    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload);

    /// <inheritdoc/>
    public override string ToString() => $"opcode {Opcode}, {Payload.Length} bytes";
}
