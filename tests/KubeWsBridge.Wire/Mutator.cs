namespace KubeWsBridge.Wire;

/// <summary>Spoils a stream of bytes in a few of the ways in which broken clients, proxies and attackers do.</summary>
public static class Mutator
{
    private static readonly byte[] Interesting = [0x00, 0x0A, 0x0D, 0x20, 0x3A, 0x7D, 0x7E, 0x7F, 0x80, 0x81, 0x82, 0x88, 0x89, 0x8A, 0xC0, 0xFE, 0xFF];

    /// <summary>One to eight mutations of these bytes.</summary>
    public static byte[] Mutate(IReadOnlyList<byte> bytes, Random random)
    {
        var stream = new List<byte>(bytes);
        for (var left = random.Next(1, 9); left > 0 && stream.Count > 0; left--)
            MutateOnce(stream, random);
        return [.. stream];
    }

    private static void MutateOnce(List<byte> stream, Random random)
    {
        var at = random.Next(stream.Count);
        var length = Math.Min(random.Next(1, 40), stream.Count - at);
        switch (random.Next(9))
        {
            case 0 or 1:
                stream[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                stream[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 3:
                stream.RemoveRange(at, stream.Count - at);
                break;
            case 4:
                stream.RemoveRange(at, length);
                break;
            case 5:
                stream.InsertRange(at, stream.GetRange(at, length));
                break;
            case 6:
                stream.InsertRange(at, Garbage(random, length));
                break;
            case 7:
                // Lengths that lie: the bytes that announce a frame's length, with anything behind them.
                stream.InsertRange(at, [0x82, (byte)(0x80 | random.Next(126, 128)), .. Garbage(random, random.Next(12))]);
                break;
            default:
                stream.Insert(at, Interesting[random.Next(Interesting.Length)]);
                break;
        }
    }

    private static byte[] Garbage(Random random, int length)
    {
        var garbage = new byte[length];
        random.NextBytes(garbage);
        return garbage;
    }
}
