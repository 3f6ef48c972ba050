using KubeWsBridge.Bridge.Tests.WebSockets;
using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.SocketPath;

/// <summary>Frames whose mask is zero, so that a payload can be sent as it is.</summary>
internal static class ClientFrames
{
    /// <summary>A header of a whole message, mask and all.</summary>
    public static byte[] Header(Opcode opcode, long length) => [.. ClientFrame.Header((int)opcode, final: true, 0, (ulong)length), 0, 0, 0, 0];

    /// <summary>A whole frame.</summary>
    public static byte[] Frame(Opcode opcode, byte[] payload) => [.. Header(opcode, payload.Length), .. payload];
}
