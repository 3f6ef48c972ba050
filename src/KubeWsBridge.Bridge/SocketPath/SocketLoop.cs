using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>A loop with the one buffer that all its sessions share, each for the length of one event.</summary>
internal sealed class SocketLoop(string name, int bufferSize, Action<Exception> fault)
{
    /// <summary>The loop.</summary>
    public EpollLoop Events { get; } = new(name, fault);

    /// <summary>The buffer; only the loop's thread touches it, and nothing in it outlives an event.</summary>
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true);
}
