using System.Buffers;

namespace KubeWsBridge.Bridge.Pumping;

/// <summary>A pooled buffer that exists only while there are bytes to carry; a second release is harmless.</summary>
internal struct PumpBuffer
{
    /// <summary>The rented array, or null.</summary>
    public byte[]? Array { get; private set; }

    /// <summary>The rented array, taking one with room for <see cref="PumpChunk.Headroom"/> and <paramref name="size"/> bytes if there is none.</summary>
    public byte[] Rent(int size) => Array ??= ArrayPool<byte>.Shared.Rent(PumpChunk.Headroom + size);

    /// <summary>Gives the array back.</summary>
    public void Release()
    {
        if (Array is not { } array)
            return;
        Array = null;
        ArrayPool<byte>.Shared.Return(array);
    }
}
