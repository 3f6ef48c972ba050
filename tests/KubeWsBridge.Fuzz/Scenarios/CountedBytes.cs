using System.Buffers.Binary;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>The same endless count in 32-bit numbers as the worker's: lost, doubled and swapped bytes show.</summary>
internal sealed class CountedBytes
{
    private int _at;

    /// <summary>The next bytes.</summary>
    public byte[] Next(int length)
    {
        Span<byte> number = stackalloc byte[4];
        var bytes = new byte[length];
        for (var i = 0; i < length; i++, _at++)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, _at / 4);
            bytes[i] = number[_at % 4];
        }

        return bytes;
    }
}
