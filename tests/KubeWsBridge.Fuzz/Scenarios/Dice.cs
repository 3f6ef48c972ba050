namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>All chance of one case: the same for the same seed and number, whenever and wherever it is thrown.</summary>
internal sealed class Dice
{
    private readonly Random _random;

    /// <summary>The dice of a case.</summary>
    public Dice(int seed, int number)
    {
        // Neighbouring seeds of Random begin alike, so that they are mixed first (the finalizer of MurmurHash3).
        var mixed = ((ulong)(uint)seed << 32) | (uint)number;
        mixed = (mixed ^ (mixed >> 33)) * 0xFF51AFD7ED558CCD;
        mixed = (mixed ^ (mixed >> 33)) * 0xC4CEB9FE1A85EC53;
        _random = new Random((int)(mixed >> 32));
    }

    /// <summary>For code that takes its own chance.</summary>
    public Random Random => _random;

    /// <summary>True in so many of a hundred throws.</summary>
    public bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>From the first to the last, both included.</summary>
    public int Between(int first, int last) => (int)_random.NextInt64(first, (long)last + 1);

    /// <summary>One of these.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>From 0 to the most; each number of digits is as likely as another.</summary>
    public int Magnitude(int most) => most <= 0 ? 0 : (int)Math.Pow(most + 1, _random.NextDouble()) - (Chance(50) ? 1 : 0);

    /// <summary>Bytes of any kind.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
