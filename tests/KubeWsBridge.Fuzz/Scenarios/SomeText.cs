using System.Text;

namespace KubeWsBridge.Fuzz.Scenarios;

/// <summary>Text of characters of all lengths, so that a cut anywhere is likely to be inside one.</summary>
internal static class SomeText
{
    private static readonly byte[][] Characters =
    [
        .. new[] { "a", "Z", "0", " ", "\n", "\0", "\u007f", "\u0080", "é", "ü", "\u07ff", "\u0800", "世", "\ud7ff", "\ue000", "\uffff", "🌍", "\U00010000", "\U0010ffff" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Faults =
    [
        [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3, 0x28], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xE4, 0xB8, 0x41],
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x8C, 0x41], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ];

    /// <summary>Valid text of exactly so many bytes.</summary>
    /// <param name="dice">Its chance.</param>
    /// <param name="length">In bytes.</param>
    /// <param name="isAscii">Only bytes below 0x80.</param>
    public static byte[] Valid(Dice dice, int length, bool isAscii = false)
    {
        var text = new byte[length];
        for (var at = 0; at < length;)
        {
            var character = Characters[dice.Between(0, isAscii ? 6 : Characters.Length - 1)];
            if (character.Length > length - at)
                character = Characters[0];
            character.CopyTo(text, at);
            at += character.Length;
        }

        return text;
    }

    /// <summary>Text with a fault in it, or one that ends inside a character.</summary>
    public static byte[] Invalid(Dice dice, int length) => dice.Chance(25)
        ? [.. Valid(dice, length), .. Characters[^1][..dice.Between(1, 3)]]
        : [.. Valid(dice, length), .. dice.OneOf<byte[]>(Faults), .. Valid(dice, dice.Between(0, 20))];
}
