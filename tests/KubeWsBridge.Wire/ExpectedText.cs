namespace KubeWsBridge.Wire;

/// <summary>UTF-8 by its definition: decodes each sequence to a number and asks whether that number needs it (RFC 3629).</summary>
internal sealed class ExpectedText
{
    /// <summary>Whole characters the last piece completed.</summary>
    public byte[] Sound { get; private set; } = [];

    /// <summary>The beginning of a character, without the byte that makes it none.</summary>
    public byte[] Open { get; private set; } = [];

    /// <summary>What was taken cannot become text any more.</summary>
    public bool IsFaulty { get; private set; }

    /// <summary>Takes the next piece; false if no text begins with what was taken so far, or <paramref name="ends"/> in the middle of a character.</summary>
    public bool Append(byte[] piece, bool ends)
    {
        byte[] text = [.. Open, .. piece];
        var start = 0;
        var taken = 0;
        while (start < text.Length && Take(text.AsSpan(start), out taken) && taken == Length(text[start]))
            (start, taken) = (start + taken, 0);
        (Sound, Open) = (text[..start], text[start..(start + taken)]);
        IsFaulty = start + taken < text.Length || (ends && taken > 0);
        return !IsFaulty;
    }

    /// <summary>Takes bytes of one character; false before one that cannot belong to it.</summary>
    private static bool Take(ReadOnlySpan<byte> text, out int taken)
    {
        taken = 0;
        var length = Length(text[0]);
        if (length == 0)
            return false;
        var number = length == 1 ? text[0] : text[0] & (0x7F >> length);
        for (taken = 1; taken < length && taken < text.Length; taken++)
        {
            if ((text[taken] & 0xC0) != 0x80)
                return false;
            number = (number << 6) | (text[taken] & 0x3F);
            var open = (length - taken - 1) * 6;
            var (low, high) = (number << open, (number << open) | ((1 << open) - 1)); // what can still come out
            if (high < length switch { 2 => 0x80, 3 => 0x800, _ => 0x10000 } || low > 0x10FFFF || (low >= 0xD800 && high <= 0xDFFF))
                return false;
        }

        return true;
    }

    private static int Length(byte lead) => lead switch { < 0x80 => 1, >= 0xC2 and < 0xE0 => 2, >= 0xE0 and < 0xF0 => 3, >= 0xF0 and < 0xF5 => 4, _ => 0 };
}
