using KubeWsBridge.Wire;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>The ways to break RFC 6455, by name.</summary>
internal static class Violations
{
    private static readonly (string Name, Func<Dice, byte[]> Frame)[] Table =
    [
        ("reserved bits", dice => ClientFrames.Frame(dice.OneOf(0, 1, 2, 8, 9), Some(dice), reserved: dice.Between(1, 7))),
        ("a reserved opcode", dice => ClientFrames.Frame(dice.OneOf(3, 4, 5, 6, 7, 11, 12, 13, 14, 15), Some(dice))),
        ("an unmasked frame", dice => ClientFrames.Frame(dice.OneOf(1, 2, 8, 9, 10), Some(dice), mask: null)),
        ("a fragmented control frame", dice => ClientFrames.Frame(dice.OneOf(8, 9, 10), Some(dice), final: false)),
        ("a long control frame", dice => ClientFrames.Frame(dice.OneOf(8, 9, 10), dice.Bytes(dice.Between(126, 70_000)))),
        ("a continuation of nothing", dice => ClientFrames.More(Some(dice), dice.Chance(50))),
        ("a message in a message", dice => [.. ClientFrames.Binary(Some(dice), final: false), .. ClientFrames.Frame(dice.Between(1, 2), Some(dice))]),
        ("16 bits for a short length", dice => ClientFrames.Frame(2, dice.Bytes(dice.OneOf(0, 124, 125, 125, dice.Between(0, 125))), form: LengthForm.Bits16)),
        ("64 bits for a short length", dice => ClientFrames.Frame(2, dice.Bytes(dice.OneOf(0, 126, 65_534, 65_535, 65_535)), form: LengthForm.Bits64)),
        ("a long length of a ping", dice => ClientFrames.Frame(9, Some(dice), form: dice.OneOf(LengthForm.Bits16, LengthForm.Bits64))),
        ("a length out of range", dice => ClientFrames.Head(2, long.MinValue | dice.Random.NextInt64(), form: LengthForm.Bits64)),
        ("a huge message", dice => ClientFrames.Head(dice.Between(1, 2), dice.OneOf(Sizes.Limit + 1, int.MaxValue, uint.MaxValue, long.MaxValue))),
        ("fragments above the limit", TooManyBytes),
        ("half a close code", dice => ClientFrames.Frame(8, dice.Bytes(1))),
        ("a close code that may not be sent", dice => ClientFrames.Close(dice.OneOf(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535))),
        ("a close reason that is no text", dice => ClientFrames.Close(1000, SomeText.Invalid(dice, dice.Between(0, 80)))),
        ("text that is none", dice => ClientFrames.Text(SomeText.Invalid(dice, Sizes.Any(dice, 70_000)))),
        ("text that is none in fragments", BrokenText),
        ("garbage", dice => dice.Bytes(dice.Between(2, 400))),
    ];

    /// <summary>One of them.</summary>
    public static (string Name, byte[] Frame) Any(Dice dice)
    {
        var (name, frame) = dice.OneOf<(string Name, Func<Dice, byte[]> Frame)>(Table);
        return (name, frame(dice));
    }

    private static byte[] Some(Dice dice) => dice.Bytes(dice.OneOf(0, 1, 5, 125, dice.Between(0, 125)));

    private static byte[] TooManyBytes(Dice dice)
    {
        var first = dice.Between(1, 70_000);
        return [.. ClientFrames.Binary(dice.Bytes(first), final: false), .. ClientFrames.Head(0, Sizes.Limit - first + 1, dice.Chance(50))];
    }

    private static byte[] BrokenText(Dice dice)
    {
        var text = SomeText.Invalid(dice, dice.Between(0, 300));
        var frames = new List<byte>();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(dice.Between(0, 40), text.Length - at);
            frames.AddRange(ClientFrames.Frame(frames.Count == 0 ? 1 : 0, text[at..(at + length)], at + length == text.Length));
            at += length;
        }

        return [.. frames];
    }
}
