namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>Sizes where code changes its way: forms of lengths, buffers, the limit of a message.</summary>
internal static class Sizes
{
    /// <summary>What --max-payload-size is set to, in bytes.</summary>
    public const int Limit = 1 << 20;

    private static readonly int[] Edges =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33, 124, 125, 126, 127, 128, 255, 256, 4095, 4096, 4097, 8191, 8192, 16_383, 16_384, 16_385,
        32_767, 32_768, 65_521, 65_522, 65_530, 65_534, 65_535, 65_536, 65_537, 65_550, 131_071, 131_072, 131_073, 262_144, Limit - 1, Limit,
    ];

    /// <summary>A size of a payload, up to the most.</summary>
    public static int Any(Dice dice, int most)
    {
        if (dice.Chance(45))
            return Math.Clamp(dice.Magnitude(most), 0, most);
        var edge = dice.OneOf<int>(Edges);
        return edge <= most ? edge : dice.Between(0, most);
    }

    /// <summary>How much a whole case may carry, mostly little: large cases are slow, and most faults need none.</summary>
    public static int Budget(Dice dice) => dice.Between(0, 199) switch
    {
        < 90 => 2_000,
        < 150 => 30_000,
        < 190 => 150_000,
        < 198 => 1_200_000,
        _ => 3_000_000,
    };
}
