using System.Buffers.Binary;
using System.Numerics;

namespace KubeWsBridge.Certificates.Dns.Rfc2136;

/// <summary>HMAC (RFC 2104) with SHA-224 (FIPS 180-4), which .NET has not; for the few bytes of a DNS message.</summary>
internal static class HmacSha224
{
    private const int BlockSize = 64;
    private const int HashSize = 28;

    private static readonly uint[] Constants = MakeConstants();

    /// <summary>The signature of data under a key.</summary>
    public static byte[] HashData(byte[] key, byte[] data)
    {
        var padded = new byte[BlockSize];
        (key.Length > BlockSize ? Hash(key) : key).CopyTo(padded, 0);
        byte[] inner = [.. padded.Select(octet => (byte)(octet ^ 0x36)), .. data];
        return Hash([.. padded.Select(octet => (byte)(octet ^ 0x5C)), .. Hash(inner)]);
    }

    /// <summary>SHA-224.</summary>
    public static byte[] Hash(byte[] data)
    {
        // The second 32 bits of the fractional parts of the square roots of the 9th to 16th primes (section 5.3.2).
        uint[] state = [0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4];
        var padded = new byte[(data.Length + 9 + BlockSize - 1) / BlockSize * BlockSize];
        data.CopyTo(padded, 0);
        padded[data.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(^8), (ulong)data.Length * 8);
        for (var block = 0; block < padded.Length; block += BlockSize)
            Compress(state, padded.AsSpan(block, BlockSize));

        var hash = new byte[BlockSize / 2];
        for (var i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * 4), state[i]);
        return hash[..HashSize];
    }

    private static void Compress(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[64];
        for (var i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (var i = 16; i < 64; i++)
        {
            var (early, late) = (words[i - 15], words[i - 2]);
            words[i] = words[i - 16] + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + words[i - 7] + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            var first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
                + ((e & f) ^ (~e & g)) + Constants[i] + words[i];
            var second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
                + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }
        uint[] after = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < state.Length; i++)
            state[i] += after[i];
    }

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes (section 4.2.2).
    private static uint[] MakeConstants()
    {
        var primes = Enumerable.Range(2, 310).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0)).Take(64);
        return [.. primes.Select(prime => (uint)(CubeRoot((BigInteger)prime << 96) & uint.MaxValue))];
    }

    private static BigInteger CubeRoot(BigInteger number)
    {
        var (low, high) = (BigInteger.Zero, BigInteger.One << 36);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = middle * middle * middle <= number ? (middle, high) : (low, middle);
        }
        return low;
    }
}
