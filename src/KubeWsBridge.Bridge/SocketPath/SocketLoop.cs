using KubeWsBridge.Bridge.Framing;
using KubeWsBridge.Bridge.Linux;

namespace KubeWsBridge.Bridge.SocketPath;

/// <summary>A loop with the buffers that all its sessions share, each for the length of one event.</summary>
internal sealed class SocketLoop(string name, int bufferSize, Action<Exception> fault)
{
    private byte[]? _secondBuffer;

    /// <summary>The loop.</summary>
    public EpollLoop Events { get; } = new(name, fault);

    /// <summary>Where what comes is received; only the loop's thread touches it, and nothing in it outlives an event.</summary>
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true);

    /// <summary>Where what clients sent is written anew for workers in messages framing, which takes more bytes than came; used like the other one.</summary>
    public byte[] SecondBuffer => _secondBuffer ??= GC.AllocateUninitializedArray<byte>(bufferSize + FramesToWorker.Reserve, pinned: true);
}
