using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KubeWsBridge.Bridge.WebSockets;

/// <summary>Takes the mask off a client's payload, or puts it on: both are the same XOR (RFC 6455 section 5.3).</summary>
/// <remarks>
/// A key as <see cref="uint"/> is its four bytes as they lie in memory (<see cref="ReadKey"/>), not a number of the protocol: words are
/// read and written in the machine's own order, so that nothing needs to know which order that is, except <see cref="Advance"/>.
/// </remarks>
public static class Masking
{
    /// <summary>The first four bytes as a key.</summary>
    public static uint ReadKey(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<uint>(bytes);

    /// <summary>The key turned so that its first byte meets the one after <paramref name="count"/> (0 or more) bytes.</summary>
    public static uint Advance(uint key, int count)
    {
        var bits = (count & 3) * 8;
        return BitConverter.IsLittleEndian ? BitOperations.RotateRight(key, bits) : BitOperations.RotateLeft(key, bits);
    }

    /// <summary>As <see cref="Apply(Span{byte}, uint, int)"/>, with the key as its four bytes.</summary>
    public static void Apply(Span<byte> data, ReadOnlySpan<byte> key, int phase = 0) => Apply(data, ReadKey(key), phase);

    /// <summary>Masks or unmasks in place; <paramref name="phase"/> counts the payload bytes that came before these (0 or more).</summary>
    public static void Apply(Span<byte> data, uint key, int phase = 0)
    {
        key = Advance(key, phase);
        ref var first = ref MemoryMarshal.GetReference(data);
        var length = (nuint)data.Length;
        nuint at = 0;

        if (length >= (nuint)Vector<byte>.Count)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(key));
            for (; length - at >= (nuint)Vector<byte>.Count; at += (nuint)Vector<byte>.Count)
                (Vector.LoadUnsafe(ref first, at) ^ wide).StoreUnsafe(ref first, at);
        }

        for (; length - at >= (nuint)Vector128<byte>.Count; at += (nuint)Vector128<byte>.Count)
            (Vector128.LoadUnsafe(ref first, at) ^ Vector128.Create(key).AsByte()).StoreUnsafe(ref first, at);

        // Every step so far was a multiple of four bytes, so the key still begins with its first byte.
        var words = MemoryMarshal.Cast<byte, uint>(data[(int)at..]);
        for (var i = 0; i < words.Length; i++) words[i] ^= key;

        for (at += (nuint)words.Length * sizeof(uint); at < length; at++, key = Advance(key, 1))
            data[(int)at] ^= FirstByte(key);
    }

    private static byte FirstByte(uint key) => (byte)(BitConverter.IsLittleEndian ? key : key >> 24);
}
