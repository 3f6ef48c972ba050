namespace KubeWsBridge.Behaviour.Load;

/// <summary>An endless stream of seeded random bytes that can be looked at anywhere.</summary>
/// <remarks>It repeats after a prime number of bytes, so that no piece that is lost, doubled or swapped by a power of two goes unnoticed.</remarks>
internal sealed class BulkStream
{
    private const int Period = 1_048_573;
    private readonly byte[] _bytes = new byte[Period];

    public BulkStream(int seed) => new Random(seed).NextBytes(_bytes);

    /// <summary>Copies what stands at a position.</summary>
    public void CopyTo(long position, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var piece = At(position, destination.Length);
            piece.CopyTo(destination);
            destination = destination[piece.Length..];
            position += piece.Length;
        }
    }

    /// <summary>Whether these are the bytes at a position.</summary>
    public bool Matches(long position, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var piece = At(position, bytes.Length);
            if (!bytes[..piece.Length].SequenceEqual(piece))
                return false;
            bytes = bytes[piece.Length..];
            position += piece.Length;
        }

        return true;
    }

    private ReadOnlySpan<byte> At(long position, int most)
    {
        var start = (int)(position % Period);
        return _bytes.AsSpan(start, Math.Min(most, Period - start));
    }
}
